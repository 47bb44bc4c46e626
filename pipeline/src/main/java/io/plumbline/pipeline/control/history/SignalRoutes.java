package io.plumbline.pipeline.control.history;

import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.history.KeptSignals.Kept;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The API's part under {@code /probes/{id}/signals}. Threads: requests. */
public final class SignalRoutes implements RouteGroup {
    private final SeenSignals signals;

    public SignalRoutes(SeenSignals signals) {
        this.signals = signals;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/probes/{id}/signals", Guard.needsOrAssists(AccessRole.VIEWER, this::last));
    }

    private Map<String, Object> last(HttpServerExchange exchange) {
        String probe = Requests.path(exchange, "id");
        Kept kept = signals.last(exchange, probe, query(exchange, "limit"), query(exchange, "since"));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("probe", probe);
        answer.put("signals", kept.signals());
        answer.put("matching", kept.matching());
        answer.put("complete", kept.complete());
        answer.put("searchedBack", kept.searchedBack().toEpochMilli());
        return answer;
    }

    private static String query(HttpServerExchange exchange, String name) {
        return Optional.ofNullable(exchange.getQueryParameters().get(name))
                .map(Deque::peek)
                .orElse("");
    }
}
