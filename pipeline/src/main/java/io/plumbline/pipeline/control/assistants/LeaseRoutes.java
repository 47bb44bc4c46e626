package io.plumbline.pipeline.control.assistants;

import io.plumbline.config.probe.Durations;
import io.plumbline.config.text.Fields;
import io.plumbline.config.text.NodeReader;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.audit.Audit;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The API's part under {@code /leases}. Threads: requests. */
public final class LeaseRoutes implements RouteGroup {
    private static final Duration DEFAULT_LIFE = Duration.ofMinutes(3);
    private static final Duration MIN_LIFE = Duration.ofSeconds(1);
    private static final Duration MAX_LIFE = Duration.ofMinutes(15);

    private final Assistants assistants;
    private final LeaseKeeper keeper;
    private final Audit audit;

    public LeaseRoutes(Assistants assistants, LeaseKeeper keeper, Audit audit) {
        this.assistants = assistants;
        this.keeper = keeper;
        this.audit = audit;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/leases", Guard.needsOrAssists(AccessRole.PROBER, this::list));
        routes.post(root + "/leases", Guard.needsOrAssists(AccessRole.PROBER, this::begin));
        routes.post(root + "/leases/{id}", Guard.needsOrAssists(AccessRole.PROBER, this::renew));
        routes.delete(root + "/leases/{id}", Guard.needsOrAssists(AccessRole.PROBER, this::end));
    }

    private Map<String, Object> list(HttpServerExchange exchange) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put(
                "leases",
                assistants.visible(Caller.of(exchange)).stream().map(Lease::map).toList());
        answer.put("rules", assistants.rules().map());
        return answer;
    }

    private Map<String, Object> begin(HttpServerExchange exchange) throws IOException {
        String text = Body.text(exchange);
        Fields fields =
                Fields.of(NodeReader.json(text.isBlank() ? "{}" : text, "the request"), "a lease", Set.of("for"));
        Duration life;
        try {
            life = fields.text("for").map(Durations::parse).orElse(DEFAULT_LIFE);
        } catch (IllegalArgumentException e) {
            throw Problem.badRequest(e.getMessage());
        }
        if (life.compareTo(MIN_LIFE) < 0 || life.compareTo(MAX_LIFE) > 0) {
            throw Problem.badRequest("a lease is for " + Durations.format(MIN_LIFE) + " to "
                    + Durations.format(MAX_LIFE) + ", and is renewed before that: " + Durations.format(life));
        }
        Lease lease = assistants.begin(Caller.of(exchange), life);
        audit.changed(exchange, "lease.begin", Map.of("lease", lease.id(), "for", Durations.format(life)));
        return lease.map();
    }

    private Map<String, Object> renew(HttpServerExchange exchange) {
        return assistants.renew(Caller.of(exchange), id(exchange)).map();
    }

    private Map<String, Object> end(HttpServerExchange exchange) {
        Lease lease = assistants.require(Caller.of(exchange), id(exchange));
        keeper.end(lease);
        audit.changed(
                exchange,
                "lease.end",
                Map.of(
                        "lease",
                        lease.id(),
                        "probes",
                        String.join(",", lease.probes().keySet())));
        return Map.of("id", lease.id(), "ended", true);
    }

    private static String id(HttpServerExchange exchange) {
        return Requests.path(exchange, "id");
    }
}
