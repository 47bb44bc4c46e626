package io.plumbline.pipeline.control;

import static io.plumbline.pipeline.control.access.AccessRole.ASSISTANT;
import static io.plumbline.pipeline.control.access.AccessRole.PROBER;
import static io.plumbline.pipeline.control.access.AccessRole.VIEWER;

import io.plumbline.config.probe.Probe;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.assistants.Assistants;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.audit.AuditEntry;
import io.plumbline.pipeline.control.dryrun.DryRun;
import io.plumbline.pipeline.control.dryrun.Measure;
import io.plumbline.pipeline.control.fleet.ExporterBoard;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.plumbline.pipeline.control.probes.Change;
import io.plumbline.pipeline.control.probes.Change.Kind;
import io.plumbline.pipeline.control.probes.Definitions;
import io.plumbline.pipeline.control.probes.Expected;
import io.plumbline.pipeline.control.probes.RecipientCheck;
import io.plumbline.pipeline.control.probes.SetChange;
import io.plumbline.pipeline.control.probes.Submission;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The API's part under {@code /probes}: set, shown, tried and removed.
 *
 * <p>Threads: requests.
 */
final class ProbeRoutes implements RouteGroup {
    private final Definitions definitions;
    private final Views views;
    private final DryRun trial;
    private final Assistants assistants;
    private final ExporterBoard exporters;
    private final Audit audit;

    ProbeRoutes(
            Definitions definitions,
            Views views,
            DryRun trial,
            Assistants assistants,
            ExporterBoard exporters,
            Audit audit) {
        this.definitions = definitions;
        this.views = views;
        this.trial = trial;
        this.assistants = assistants;
        this.exporters = exporters;
        this.audit = audit;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.post(root + "/probes", Guard.needsOrAssists(PROBER, this::set))
                .get(root + "/probes", Guard.needsOrAssists(VIEWER, this::list))
                .delete(root + "/probes", Guard.needs(PROBER, this::removeTagged))
                .get(root + "/probes/{id}", Guard.needsOrAssists(VIEWER, this::show))
                .delete(root + "/probes/{id}", Guard.needsOrAssists(PROBER, this::remove));
    }

    private Map<String, Object> set(HttpServerExchange exchange) throws IOException {
        boolean dryRun = Requests.flag(exchange, "dryRun");
        boolean ask = dryRun && Requests.flag(exchange, "ask");
        Optional<Measure> measure = ask
                ? Measure.of(Requests.query(exchange, "measure"), Requests.query(exchange, "on"))
                : Optional.empty();
        SetChange set = new SetChange(Requests.query(exchange, "set"), Requests.flag(exchange, "prune"));
        String lease = Requests.query(exchange, "lease").orElse("");
        Caller caller = Caller.of(exchange);
        assistants.requirePlain(caller, measure.isPresent(), set);
        Submission wanted = new Submission(
                Body.text(exchange),
                Requests.query(exchange, "source").orElse("the request"),
                dryRun,
                set,
                Expected.of(exchange));
        List<Change> changes = definitions.submit(wanted, caller, assistants.check(caller, lease, dryRun));
        if (!dryRun) {
            audit.changed(
                    exchange,
                    changes.stream()
                            .filter(change -> change.kind() != Kind.UNCHANGED)
                            .map(ProbeRoutes::told)
                            .toList());
        }
        List<Map<String, Object>> forms = forms(changes);
        if (ask) {
            ask(exchange, changes, measure, forms);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("dryRun", dryRun);
        answer.put("probes", forms);
        return answer;
    }

    private List<Map<String, Object>> forms(List<Change> changes) {
        RecipientCheck recipients = new RecipientCheck(exporters.names());
        return changes.stream()
                .map(change -> change.map(recipients.warnings(change.probe())))
                .toList();
    }

    /** Adds what instances say to those that would stay; those that would be removed come last. */
    private void ask(
            HttpServerExchange exchange,
            List<Change> changes,
            Optional<Measure> measure,
            List<Map<String, Object>> forms) {
        List<Probe> probes = changes.stream()
                .filter(change -> change.kind() != Kind.REMOVED)
                .map(Change::probe)
                .toList();
        measure.ifPresent(wish -> audit.changed(
                exchange,
                probes.stream()
                        .map(probe -> new Audit.Made("probe.measure", wish.told(AuditEntry.of(probe))))
                        .toList()));
        List<Map<String, Object>> trials = trial.of(probes, measure, Caller.of(exchange));
        for (int i = 0; i < trials.size(); i++) {
            forms.get(i).put("trial", trials.get(i));
        }
    }

    private static Audit.Made told(Change change) {
        Map<String, String> what = new LinkedHashMap<>(AuditEntry.of(change.probe()));
        change.approval().ifPresent(waitsFor -> {
            what.put("request", waitsFor.id());
            what.put("rule", waitsFor.rule());
        });
        return new Audit.Made(change.auditAction(), what);
    }

    private Map<String, Object> list(HttpServerExchange exchange) {
        Caller caller = Caller.of(exchange);
        Map<String, Object> probes = views.probes(
                Requests.query(exchange, "tag"),
                caller.bounds(),
                Requests.flag(exchange, "reports"),
                probe -> assistants.sees(caller, probe));
        if (caller.role() == ASSISTANT) {
            probes.remove("awaiting");
        }
        return probes;
    }

    /** Its tag is that of the definition; what instances report of it is not in it. */
    private Map<String, Object> show(HttpServerExchange exchange) {
        String id = Requests.path(exchange, "id");
        Caller caller = Caller.of(exchange);
        assistants.requireOwn(caller, id);
        Probe probe = definitions.finder().require(id);
        exchange.getResponseHeaders().put(Headers.ETAG, Expected.tag(probe.version()));
        return views.probe(probe, caller.bounds());
    }

    private Map<String, Object> remove(HttpServerExchange exchange) {
        String id = Requests.path(exchange, "id");
        Caller caller = Caller.of(exchange);
        if (caller.role() != ASSISTANT && definitions.withdraw(id, caller)) {
            audit.changed(exchange, "approval.withdraw", Map.of("probe", id));
            return Map.of("id", id, "removed", true);
        }
        Probe removed =
                definitions.remove(id, caller, Expected.of(exchange), probe -> assistants.requireOwn(caller, id));
        assistants.removed(caller, id);
        audit.changed(exchange, "probe.remove", AuditEntry.of(removed));
        return Map.of("id", id, "removed", true);
    }

    private Map<String, Object> removeTagged(HttpServerExchange exchange) {
        String tag = Requests.query(exchange, "tag")
                .orElseThrow(() -> Problem.badRequest(
                        "tag",
                        "name the tag whose probes are to be removed: /probes?tag=checkout;"
                                + " one probe is removed by its id: /probes/ID"));
        List<Probe> removed = definitions.removeTagged(tag, Caller.of(exchange));
        audit.changed(
                exchange,
                removed.stream()
                        .map(probe -> new Audit.Made("probe.remove", AuditEntry.of(probe)))
                        .toList());
        return Map.of("tag", tag, "removed", removed.stream().map(Probe::id).toList());
    }
}
