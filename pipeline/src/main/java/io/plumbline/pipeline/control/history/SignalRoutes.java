package io.plumbline.pipeline.control.history;

import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The API's part under {@code /probes/{id}/signals}. Threads: requests. */
public final class SignalRoutes implements RouteGroup {
    private static final String RETRY_SECONDS = "2";

    private final KeptSignals signals;
    private final Reading reading;

    /** What a caller may see of a probe's signals. */
    public interface Reading {
        /**
         * Looks whether a caller may read at all.
         *
         * @return what becomes of each signal
         * @throws Problem when it may not, or there is no such probe
         */
        UnaryOperator<Map<String, Object>> of(HttpServerExchange exchange, String probe);

        /** So many were handed out. */
        void read(HttpServerExchange exchange, String probe, int signals);
    }

    public SignalRoutes(KeptSignals signals, Reading reading) {
        this.signals = signals;
        this.reading = reading;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/probes/{id}/signals", Guard.needsOrAssists(AccessRole.VIEWER, this::last));
    }

    private Map<String, Object> last(HttpServerExchange exchange) {
        String probe = Requests.path(exchange, "id");
        UnaryOperator<Map<String, Object>> view = reading.of(exchange, probe);
        try {
            Map<String, Object> answer =
                    signals.last(probe, query(exchange, "limit"), query(exchange, "since"), Caller.of(exchange), view);
            reading.read(exchange, probe, ((List<?>) answer.get("signals")).size());
            return answer;
        } catch (KeptSignals.Busy e) {
            exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_SECONDS);
            throw Problem.unavailable(KeptSignals.AT_ONCE + " others read kept signals just now; try again in "
                    + RETRY_SECONDS + " seconds");
        }
    }

    private static String query(HttpServerExchange exchange, String name) {
        return Optional.ofNullable(exchange.getQueryParameters().get(name))
                .map(Deque::peek)
                .orElse("");
    }
}
