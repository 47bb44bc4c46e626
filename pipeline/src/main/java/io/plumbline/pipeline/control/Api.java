package io.plumbline.pipeline.control;

import static io.plumbline.pipeline.control.access.AccessRole.PROBER;
import static io.plumbline.pipeline.control.access.AccessRole.VIEWER;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.Targets;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.NodeReader;
import io.plumbline.config.wire.Switch;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.access.Tokens;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.audit.AuditEntry;
import io.plumbline.pipeline.control.audit.AuditRoutes;
import io.plumbline.pipeline.control.fleet.ExporterBoard;
import io.plumbline.pipeline.control.fleet.LineCheck;
import io.plumbline.pipeline.control.fleet.LinesDesk;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Whom;
import io.plumbline.pipeline.control.http.Answers;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.ConsolePages;
import io.plumbline.pipeline.control.http.Description;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Routes;
import io.plumbline.pipeline.control.http.SchemaFile;
import io.plumbline.pipeline.control.letters.DeadLetterDesk;
import io.plumbline.pipeline.control.letters.DeadLetterRoutes;
import io.plumbline.pipeline.control.probes.Definitions;
import io.plumbline.pipeline.control.probes.Expected;
import io.plumbline.pipeline.control.probes.RecipientCheck;
import io.plumbline.pipeline.control.tail.SignalTail;
import io.plumbline.pipeline.control.tail.TailRoute;
import io.undertow.Undertow;
import io.undertow.UndertowOptions;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.PathHandler;
import io.undertow.util.Headers;
import io.undertow.util.PathTemplateMatch;
import java.io.IOException;
import java.net.InetSocketAddress;
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

    private final Registry registry;
    private final Definitions definitions;
    private final LinesDesk lines;
    private final TailRoute tail;
    private final ExporterBoard exporters;
    private final Views views;
    private final Audit audit;
    private final Whom whom;
    private final DeadLetterRoutes deadLetters;
    private final Routes open;
    private final Routes guarded;
    private final Undertow server;

    Api(
            int port,
            Tokens tokens,
            Registry registry,
            Definitions definitions,
            LinesDesk lines,
            SignalTail tail,
            ExporterBoard exporters,
            Views views,
            DeadLetterDesk deadLetters,
            TokenRoutes tokenRoutes,
            Audit audit,
            AuditRoutes auditRoutes,
            Supplier<String> meters) {
        this.registry = registry;
        this.definitions = definitions;
        this.lines = lines;
        this.tail = new TailRoute(tail);
        this.exporters = exporters;
        this.views = views;
        this.audit = audit;
        this.whom = new Whom(registry);
        this.deadLetters = new DeadLetterRoutes(deadLetters, audit);
        this.guarded = routes(tokenRoutes, auditRoutes);
        this.open = open(new Guard(tokens, guarded), meters);
        this.server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(WORKERS)
                // Body counts, and answers before; Undertow cuts the connection here, without a word
                .setServerOption(UndertowOptions.MAX_ENTITY_SIZE, 4 * Body.MAX_BYTES)
                .setHandler(new BlockingHandler(new Answers(
                        new PathHandler(open)
                                .addPrefixPath(ConsolePages.PREFIX, Guard.withoutToken(new ConsolePages())),
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

    /** Each as its method and path; but the console's files. */
    List<String> routes() {
        return Stream.concat(open.all().stream(), guarded.all().stream()).toList();
    }

    /** What is no secret, and another handler for every other path. */
    private static Routes open(HttpHandler others, Supplier<String> meters) {
        Routes routes = new Routes(others);
        routes.get(SchemaFile.PATH, Guard.withoutToken(new SchemaFile()))
                .get(ROOT + Description.NAME, Guard.withoutToken(new Description()))
                .get(MetersPage.PATH, MetersPage.page(meters));
        return routes;
    }

    private Routes routes(TokenRoutes tokens, AuditRoutes entries) {
        Routes routes = new Routes(Api::unknown);
        routes.get(
                        ROOT + "/whoami",
                        Guard.needs(VIEWER, exchange -> Caller.of(exchange).map()))
                .post(ROOT + "/probes", Guard.needs(PROBER, this::setProbes))
                .get(ROOT + "/probes", Guard.needs(VIEWER, exchange -> views.probes(bounds(exchange))))
                .get(ROOT + "/probes/{id}", Guard.needs(VIEWER, this::probe))
                .delete(ROOT + "/probes/{id}", Guard.needs(PROBER, this::removeProbe))
                .get(ROOT + "/instances", Guard.needs(VIEWER, exchange -> views.instances(bounds(exchange))))
                .get(ROOT + "/lines", Guard.needs(VIEWER, this::lines))
                .get(ROOT + "/lines/check", Guard.needs(VIEWER, this::checkLine))
                .get(ROOT + "/switch", Guard.needs(VIEWER, exchange -> Views.off(registry.off())))
                .post(ROOT + "/switch", Guard.needs(PROBER, this::turn))
                .get(ROOT + "/exporters", Guard.needs(VIEWER, exchange -> Map.of("exporters", exporters.maps())))
                .get(ROOT + "/tail", Guard.behind(VIEWER, this::tail));
        deadLetters.add(routes, ROOT);
        tokens.add(routes, ROOT);
        entries.add(routes, ROOT);
        return routes;
    }

    /** Its tag is that of the definition; what instances report of it is not in it. */
    private Map<String, Object> probe(HttpServerExchange exchange) {
        Probe probe = definitions.requireProbe(pathId(exchange));
        exchange.getResponseHeaders().put(Headers.ETAG, Expected.tag(probe.version()));
        return views.probe(probe, bounds(exchange));
    }

    private Map<String, Object> setProbes(HttpServerExchange exchange) throws IOException {
        boolean dryRun = flag(exchange, "dryRun");
        String source = query(exchange, "source").orElse("the request");
        RecipientCheck recipients = new RecipientCheck(exporters.names());
        List<Definitions.Change> changes =
                definitions.submit(Body.text(exchange), source, dryRun, Caller.of(exchange), Expected.of(exchange));
        if (!dryRun) {
            changes.stream()
                    .filter(change -> change.kind() != Definitions.Kind.UNCHANGED)
                    .forEach(change -> audit.changed(exchange, "probe.set", AuditEntry.of(change.probe())));
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dryRun", dryRun);
        answer.put(
                "probes",
                changes.stream()
                        .map(change -> change.map(recipients.warnings(change.probe())))
                        .toList());
        return answer;
    }

    private Map<String, Object> removeProbe(HttpServerExchange exchange) {
        String id = pathId(exchange);
        audit.changed(
                exchange,
                "probe.remove",
                AuditEntry.of(definitions.remove(id, Caller.of(exchange), Expected.of(exchange))));
        return Map.of("id", id, "removed", true);
    }

    private Map<String, Object> lines(HttpServerExchange exchange) {
        String type = query(exchange, "type")
                .orElseThrow(() ->
                        Problem.badRequest("type", "name the class or source file: /lines?type=shop.OrderService"));
        List<String> asked = query(exchange, "instance")
                .map(id -> List.of(whom.instance(id, bounds(exchange))))
                .orElseGet(() -> whom.ofService(query(exchange, "service").orElse(""), bounds(exchange)));
        return Views.lines(lines.ask(type, asked));
    }

    /** Whether a line has code where a probe with these targets would run: {@code at}, and {@code on=key=value} each. */
    private Map<String, Object> checkLine(HttpServerExchange exchange) {
        String at = query(exchange, "at")
                .orElseThrow(() -> Problem.badRequest("at", "name the line: /lines/check?at=shop.OrderService:42"));
        Map<String, String> targets = new LinkedHashMap<>();
        for (String target : exchange.getQueryParameters().getOrDefault("on", new ArrayDeque<>())) {
            int equals = target.indexOf('=');
            if (equals < 1) {
                throw Problem.badRequest("on", "'on' reads key=value, such as on=service=shop: " + target);
            }
            targets.put(target.substring(0, equals), target.substring(equals + 1));
        }
        try {
            return new LineCheck(registry, lines).of(Location.parse(at), new Targets(targets), bounds(exchange));
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest("at", e.getMessage());
        }
    }

    private Map<String, Object> turn(HttpServerExchange exchange) throws IOException {
        Fields fields = Fields.of(
                NodeReader.json(Body.text(exchange), "the request"), "a switch", Set.of("off", "instance", "probe"));
        boolean off = fields.bool("off")
                .orElseThrow(() -> Problem.badRequest("off", "a switch needs 'off', true or false: {\"off\": true}"));
        if (fields.has("instance") && fields.has("probe")) {
            throw Problem.badRequest("instance", "name an instance or a probe, not both");
        }
        Switch now;
        String what;
        if (fields.has("instance")) {
            what = switchedInstance(fields.requiredText("instance"), off, bounds(exchange));
            now = definitions.switchInstance(what, off);
        } else if (fields.has("probe")) {
            what = fields.requiredText("probe");
            now = definitions.switchProbe(what, off, Caller.of(exchange));
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
        tail.send(exchange, probes);
    }

    static void unknown(HttpServerExchange exchange) {
        throw Problem.notFound(exchange.getRequestMethod() + " " + exchange.getRequestPath()
                + " is not known; known are probes, instances, lines, switch, tail, exporters, deadletters, tokens, audit and whoami under "
                + ROOT + ", and " + ROOT + Description.NAME + " describes them");
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
            throw Problem.badRequest(name, name + " must be true or false: " + value);
        }
        return value.equals("true");
    }

    private static Optional<String> query(HttpServerExchange exchange, String name) {
        Deque<String> values = exchange.getQueryParameters().get(name);
        return Optional.ofNullable(values).map(Deque::peek).filter(value -> !value.isBlank());
    }
}
