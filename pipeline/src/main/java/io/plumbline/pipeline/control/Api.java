package io.plumbline.pipeline.control;

import static io.plumbline.pipeline.control.access.AccessRole.ASSISTANT;
import static io.plumbline.pipeline.control.access.AccessRole.PROBER;
import static io.plumbline.pipeline.control.access.AccessRole.VIEWER;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.TargetsForm;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.NodeReader;
import io.plumbline.config.wire.Switch;
import io.plumbline.pipeline.control.access.Bearers;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.approval.ApprovalRoutes;
import io.plumbline.pipeline.control.assistants.Assistants;
import io.plumbline.pipeline.control.assistants.LeaseRoutes;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.audit.AuditEntry;
import io.plumbline.pipeline.control.audit.AuditRoutes;
import io.plumbline.pipeline.control.dryrun.DryRun;
import io.plumbline.pipeline.control.dryrun.Measure;
import io.plumbline.pipeline.control.fleet.ExporterBoard;
import io.plumbline.pipeline.control.fleet.LineCheck;
import io.plumbline.pipeline.control.fleet.LinesDesk;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Whom;
import io.plumbline.pipeline.control.history.KeptSignals;
import io.plumbline.pipeline.control.history.SignalRoutes;
import io.plumbline.pipeline.control.http.Answers;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.ConsolePages;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.SchemaFile;
import io.plumbline.pipeline.control.letters.DeadLetterDesk;
import io.plumbline.pipeline.control.letters.DeadLetterRoutes;
import io.plumbline.pipeline.control.probes.Definitions;
import io.plumbline.pipeline.control.probes.RecipientCheck;
import io.plumbline.pipeline.control.probes.SetChange;
import io.plumbline.pipeline.control.tail.SignalTail;
import io.plumbline.pipeline.control.tail.Watcher;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import io.undertow.util.PathTemplateMatch;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The HTTP API under {@code /api/v1}, on the loopback interface only; and the console's pages, which stand on it.
 *
 * <p>Threads: Undertow's workers, one a request; a person who watches holds one while watching.
 */
final class Api implements AutoCloseable {
    private static final String ROOT = "/api/v1";
    /** More than may watch at once, so that other requests always find one. */
    static final int WORKERS = 24;
    /** Without signals a line is sent so often: it tells a dead connection from a quiet one. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);

    private final Registry registry;
    private final Definitions definitions;
    private final LinesDesk lines;
    private final DryRun trial;
    private final SignalTail tail;
    private final ExporterBoard exporters;
    private final Views views;
    private final Audit audit;
    private final Whom whom;
    private final DeadLetterRoutes deadLetters;
    private final Assistants assistants;
    private final Undertow server;

    Api(
            int port,
            Bearers bearers,
            Registry registry,
            Definitions definitions,
            LinesDesk lines,
            DryRun trial,
            SignalTail tail,
            ExporterBoard exporters,
            Views views,
            DeadLetterDesk deadLetters,
            TokenRoutes tokenRoutes,
            LoginRoutes login,
            Audit audit,
            AuditRoutes auditRoutes,
            ApprovalRoutes approvalRoutes,
            Assistants assistants,
            LeaseRoutes leases,
            KeptSignals kept,
            Supplier<String> meters) {
        this.registry = registry;
        this.definitions = definitions;
        this.lines = lines;
        this.trial = trial;
        this.tail = tail;
        this.exporters = exporters;
        this.views = views;
        this.audit = audit;
        this.whom = new Whom(registry);
        this.deadLetters = new DeadLetterRoutes(deadLetters, audit);
        this.assistants = assistants;
        this.server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(WORKERS)
                // Body counts, and answers before; Undertow cuts the connection here, without a word
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 4 * Body.MAX_BYTES)
                .setHandler(new BlockingHandler(new Answers(
                        withPages(
                                login,
                                MetersPage.beside(
                                        new Guard(
                                                bearers,
                                                routes(tokenRoutes, auditRoutes, approvalRoutes, leases, kept)),
                                        meters)),
                        audit::ended)))
                .build();
    }

    /** Starts to listen and returns the port. */
    int start() {
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the API can't listen (" + e.getMessage() + "); choose another port with --port, 0 takes any", e);
        }
        return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
    }

    @Override
    public void close() {
        server.stop();
    }

    /** The console's files, and another handler for every other path. */
    private static HttpHandler withPages(LoginRoutes login, HttpHandler others) {
        return new PathHandler(others)
                .addPrefixPath(ConsolePages.PREFIX, Guard.withoutToken(new ConsolePages()))
                .addExactPath(LoginRoutes.PATH, Guard.withoutToken(login))
                .addExactPath(SchemaFile.PATH, Guard.withoutToken(new SchemaFile()));
    }

    private HttpHandler routes(
            TokenRoutes tokens, AuditRoutes entries, ApprovalRoutes approvals, LeaseRoutes leases, KeptSignals kept) {
        RoutingHandler routes = Handlers.routing()
                .get(
                        ROOT + "/whoami",
                        Guard.needsOrAssists(
                                VIEWER, exchange -> Caller.of(exchange).map()))
                .post(ROOT + "/probes", Guard.needsOrAssists(PROBER, this::setProbes))
                .get(ROOT + "/probes", Guard.needsOrAssists(VIEWER, this::probes))
                .delete(ROOT + "/probes", Guard.needs(PROBER, this::removeTagged))
                .get(ROOT + "/probes/{id}", Guard.needsOrAssists(VIEWER, this::probe))
                .delete(ROOT + "/probes/{id}", Guard.needsOrAssists(PROBER, this::removeProbe))
                .get(ROOT + "/instances", Guard.needsOrAssists(VIEWER, exchange -> views.instances(bounds(exchange))))
                .get(ROOT + "/lines", Guard.needsOrAssists(VIEWER, this::lines))
                .get(ROOT + "/lines/check", Guard.needsOrAssists(VIEWER, this::checkLine))
                .get(ROOT + "/switch", Guard.needs(VIEWER, exchange -> Views.off(registry.off())))
                .post(ROOT + "/switch", Guard.needs(PROBER, this::turn))
                .get(ROOT + "/exporters", Guard.needs(VIEWER, exchange -> Map.of("exporters", exporters.maps())))
                .get(ROOT + "/tail", Guard.behind(VIEWER, this::tail))
                .setInvalidMethodHandler(Api::unknown)
                .setFallbackHandler(Api::unknown);
        deadLetters.add(routes, ROOT);
        tokens.add(routes, ROOT);
        entries.add(routes, ROOT);
        approvals.add(routes, ROOT);
        leases.add(routes, ROOT);
        new SignalRoutes(kept, new ReadSignals(definitions, assistants, audit)).add(routes, ROOT);
        return routes;
    }

    private Map<String, Object> setProbes(HttpServerExchange exchange) throws IOException {
        boolean dryRun = flag(exchange, "dryRun");
        boolean ask = dryRun && flag(exchange, "ask");
        String source = query(exchange, "source").orElse("the request");
        RecipientCheck recipients = new RecipientCheck(exporters.names());
        Optional<Measure> measure =
                ask ? Measure.of(query(exchange, "measure"), query(exchange, "on")) : Optional.empty();
        SetChange set = new SetChange(query(exchange, "set"), flag(exchange, "prune"));
        String lease = query(exchange, "lease").orElse("");
        Caller caller = Caller.of(exchange);
        assistants.requirePlain(caller, measure.isPresent(), set);
        List<Definitions.Change> changes = definitions.submit(
                Body.text(exchange), source, dryRun, set, caller, assistants.check(caller, lease, dryRun));
        if (!dryRun) {
            changes.stream()
                    .filter(change -> change.kind() != Definitions.Kind.UNCHANGED)
                    .forEach(change -> tell(exchange, change));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dryRun", dryRun);
        List<Map<String, Object>> forms = changes.stream()
                .map(change -> change.map(recipients.warnings(change.probe())))
                .toList();
        if (ask) {
            List<Probe> probes = changes.stream()
                    .filter(change -> change.kind() != Definitions.Kind.REMOVED)
                    .map(Definitions.Change::probe)
                    .toList();
            measure.ifPresent(wish ->
                    probes.forEach(probe -> audit.changed(exchange, "probe.measure", wish.told(AuditEntry.of(probe)))));
            List<Map<String, Object>> trials = trial.of(probes, measure, Caller.of(exchange));
            for (int i = 0; i < trials.size(); i++) {
                forms.get(i).put("trial", trials.get(i));
            }
        }
        answer.put("probes", forms);
        return answer;
    }

    private void tell(HttpServerExchange exchange, Definitions.Change change) {
        Map<String, String> what = new LinkedHashMap<>(AuditEntry.of(change.probe()));
        change.approval().ifPresent(waitsFor -> {
            what.put("request", waitsFor.id());
            what.put("rule", waitsFor.rule());
        });
        audit.changed(exchange, change.approval().isPresent() ? "approval.ask" : change.auditAction(), what);
    }

    private Map<String, Object> removeTagged(HttpServerExchange exchange) {
        String tag = query(exchange, "tag")
                .orElseThrow(
                        () -> Problem.badRequest("name the tag whose probes are to be removed: /probes?tag=checkout;"
                                + " one probe is removed by its id: /probes/ID"));
        List<Probe> removed = definitions.removeTagged(tag, Caller.of(exchange));
        removed.forEach(probe -> audit.changed(exchange, "probe.remove", AuditEntry.of(probe)));
        return Map.of("tag", tag, "removed", removed.stream().map(Probe::id).toList());
    }

    private Map<String, Object> probes(HttpServerExchange exchange) {
        Caller caller = Caller.of(exchange);
        Map<String, Object> probes = views.probes(
                query(exchange, "tag"),
                caller.bounds(),
                flag(exchange, "reports"),
                probe -> assistants.sees(caller, probe));
        if (caller.role() == ASSISTANT) {
            probes.remove("awaiting");
        }
        return probes;
    }

    private Map<String, Object> probe(HttpServerExchange exchange) {
        assistants.requireOwn(Caller.of(exchange), pathId(exchange));
        return views.probe(definitions.requireProbe(pathId(exchange)), bounds(exchange));
    }

    private Map<String, Object> removeProbe(HttpServerExchange exchange) {
        String id = pathId(exchange);
        Caller caller = Caller.of(exchange);
        if (caller.role() != ASSISTANT && definitions.withdraw(id, caller)) {
            audit.changed(exchange, "approval.withdraw", Map.of("probe", id));
            return Map.of("id", id, "removed", true);
        }
        Probe removed = definitions.remove(id, caller, probe -> assistants.requireOwn(caller, id));
        assistants.removed(caller, id);
        audit.changed(exchange, "probe.remove", AuditEntry.of(removed));
        return Map.of("id", id, "removed", true);
    }

    private Map<String, Object> lines(HttpServerExchange exchange) {
        String type = query(exchange, "type")
                .orElseThrow(() -> Problem.badRequest("name the class or source file: /lines?type=shop.OrderService"));
        List<String> asked = query(exchange, "instance")
                .map(id -> List.of(whom.instance(id, bounds(exchange))))
                .orElseGet(() -> whom.ofService(query(exchange, "service").orElse(""), bounds(exchange)));
        return Views.lines(lines.ask(type, asked));
    }

    /** Whether a line has code where a probe with these targets would run: {@code at}, and {@code on=key=value} each. */
    private Map<String, Object> checkLine(HttpServerExchange exchange) {
        String at = query(exchange, "at")
                .orElseThrow(() -> Problem.badRequest("name the line: /lines/check?at=shop.OrderService:42"));
        Map<String, String> targets = new LinkedHashMap<>();
        for (String target : exchange.getQueryParameters().getOrDefault("on", new ArrayDeque<>())) {
            int equals = target.indexOf('=');
            if (equals < 1) {
                throw Problem.badRequest("'on' reads key=value, such as on=service=shop: " + target);
            }
            targets.put(target.substring(0, equals), target.substring(equals + 1));
        }
        try {
            return new LineCheck(registry, lines).of(Location.parse(at), TargetsForm.parse(targets), bounds(exchange));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage());
        }
    }

    private Map<String, Object> turn(HttpServerExchange exchange) throws IOException {
        Fields fields = Fields.of(
                NodeReader.json(Body.text(exchange), "the request"),
                "a switch",
                Set.of("off", "instance", "probe", "tag"));
        boolean off = fields.bool("off")
                .orElseThrow(() -> Problem.badRequest("a switch needs 'off', true or false: {\"off\": true}"));
        if (Stream.of("instance", "probe", "tag").filter(fields::has).count() > 1) {
            throw Problem.badRequest("name an instance, a probe or a tag, not two of them");
        }
        Switch now;
        String what;
        if (fields.has("instance")) {
            what = switchedInstance(fields.requiredText("instance"), off, bounds(exchange));
            now = definitions.switchInstance(what, off);
        } else if (fields.has("probe")) {
            what = fields.requiredText("probe");
            now = definitions.switchProbe(what, off, Caller.of(exchange));
        } else if (fields.has("tag")) {
            what = "tag " + fields.requiredText("tag");
            now = definitions.switchTagged(fields.requiredText("tag"), off, Caller.of(exchange));
        } else {
            Caller.of(exchange).requireAll("switching everything");
            what = "everything";
            now = definitions.switchFleet(off);
        }
        audit.changed(exchange, off ? "switch.off" : "switch.on", Map.of("what", what));
        return Views.off(now);
    }

    /** An instance that has gone meanwhile can still be switched on. */
    private String switchedInstance(String id, boolean off, Bounds bounds) {
        boolean isGone = !off && bounds.isAll() && registry.off().instances().contains(id);
        return isGone ? id : whom.instance(id, bounds);
    }

    /** Of named probes they have to be there, for names are mistyped; with {@code early=true} one may yet come. */
    private void tail(HttpServerExchange exchange) {
        Set<String> probes = new TreeSet<>(exchange.getQueryParameters().getOrDefault("probe", new ArrayDeque<>()));
        if (!flag(exchange, "early")) {
            probes.forEach(definitions::requireProbe);
        }
        Watcher watcher = tail.watch(probes, bounds(exchange));
        try {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/x-ndjson");
            OutputStream out = exchange.getOutputStream();
            send(out, List.of());
            while (!tail.isClosed()) {
                send(out, watcher.take(KEEP_ALIVE));
            }
        } catch (IOException | InterruptedException e) {
            // The person has gone, or the server is closing.
            exchange.endExchange();
        } finally {
            tail.leave(watcher);
        }
    }

    /** An empty line when there is nothing to say. */
    private static void send(OutputStream out, List<String> taken) throws IOException {
        out.write((String.join("\n", taken) + "\n").getBytes(UTF_8));
        out.flush();
    }

    static void unknown(HttpServerExchange exchange) {
        throw Problem.notFound(exchange.getRequestMethod() + " " + exchange.getRequestPath()
                + " is not known; known are probes, instances, lines, switch, tail, exporters, deadletters, approvals, tokens, leases, audit and whoami under "
                + ROOT);
    }

    private static Bounds bounds(HttpServerExchange exchange) {
        return Caller.of(exchange).bounds();
    }

    private static String pathId(HttpServerExchange exchange) {
        return exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY)
                .getParameters()
                .get("id");
    }

    private static boolean flag(HttpServerExchange exchange, String name) {
        String value = query(exchange, name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw Problem.badRequest(name + " must be true or false: " + value);
        }
        return value.equals("true");
    }

    private static Optional<String> query(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return Optional.ofNullable(values).map(Deque::peek).filter(value -> !value.isBlank());
    }
}
