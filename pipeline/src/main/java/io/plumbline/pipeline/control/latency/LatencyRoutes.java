package io.plumbline.pipeline.control.latency;

import io.plumbline.config.pairing.PairingIds;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.exporters.signal.SpanSignal;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.history.KeptSignals.Kept;
import io.plumbline.pipeline.control.history.SeenSignals;
import io.plumbline.pipeline.control.history.Wanted;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.http.Requests;
import io.plumbline.pipeline.control.http.RouteGroup;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The API's part under {@code /probes/{id}/latency} and {@code /traces}.
 *
 * <p>The bargain: the last {@link #MAX_SPANS} spans, as far back as a bounded search comes; the answer says how far.
 *
 * <p>Threads: requests.
 */
public final class LatencyRoutes implements RouteGroup {
    private static final int MAX_SPANS = 20_000;
    private static final int MAX_OF_REQUEST = 1_000;
    private static final String EVER = "1970-01-01T00:00:00Z";
    private static final Set<SignalKind> SPANS = Set.of(SignalKind.SPAN);

    private final SeenSignals signals;
    private final Registry registry;

    public LatencyRoutes(SeenSignals signals, Registry registry) {
        this.signals = signals;
        this.registry = registry;
    }

    @Override
    public void add(RoutingHandler routes, String root) {
        routes.get(root + "/probes/{id}/latency", Guard.needsOrAssists(AccessRole.VIEWER, this::latency))
                .get(root + "/probes/{id}/traces/{trace}", Guard.needsOrAssists(AccessRole.VIEWER, this::trace));
    }

    private Map<String, Object> latency(HttpServerExchange exchange) {
        String id = Requests.path(exchange, "id");
        signals.require(exchange, id);
        Optional<Action.Span> span = span(id);
        String since = Requests.query(exchange, "since").orElse("");
        Kept kept = signals.inForm(exchange, new Wanted(id, SPANS, MAX_SPANS, since, any -> true), Leg::needed);
        List<Leg> legs = once(kept).values().stream()
                .map(Leg::of)
                .filter(Leg::isBetweenPoints)
                .toList();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("probe", id);
        answer.put("spans", legs.size());
        answer.put("matching", kept.matching());
        answer.put("complete", kept.complete());
        answer.put("searchedBack", kept.searchedBack().toEpochMilli());
        if (span.isPresent() || !legs.isEmpty()) {
            answer.putAll(new LatencyReport(legs, way(span, legs), services()).map());
        }
        return answer;
    }

    private Map<String, Object> trace(HttpServerExchange exchange) {
        String id = Requests.path(exchange, "id");
        String text = Requests.path(exchange, "trace");
        signals.require(exchange, id);
        Optional<Action.Span> span = span(id);
        Set<String> traces = Set.of(text.toLowerCase(Locale.ROOT), PairingIds.traceId(id, text));
        Wanted wanted = new Wanted(id, SPANS, MAX_OF_REQUEST, EVER, signal -> isOf(signal, traces, text));
        Kept kept = signals.find(exchange, wanted);
        Collection<Map<String, Object>> spans = once(kept).values();
        if (spans.isEmpty()) {
            throw Problem.notFound("of '" + id + "' there is no span of the request '" + text + "' "
                    + (kept.complete() ? "in the topics" : "since " + kept.searchedBack())
                    + "; GET /api/v1/probes/" + id + "/latency lists slow ones, by trace id and key");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("probe", id);
        answer.putAll(new Waterfall(
                        List.copyOf(spans),
                        way(span, spans.stream().map(Leg::of).toList()),
                        services())
                .map());
        return answer;
    }

    private static boolean isOf(Signal signal, Set<String> traces, String key) {
        return signal instanceof SpanSignal span
                && (traces.contains(span.traceId())
                        || key.equals(span.attributes().get(SignalAttributes.SPAN_KEY)));
    }

    /** A repeated delivery has the same id. */
    private static Map<Object, Map<String, Object>> once(Kept kept) {
        Map<Object, Map<String, Object>> once = new LinkedHashMap<>();
        kept.signals().forEach(span -> once.put(span.get("spanId"), span));
        return once;
    }

    /** Empty where the probe is not there any more, or never was, which is told later. */
    private Optional<Action.Span> span(String id) {
        Optional<Probe> probe = registry.probe(id);
        if (probe.isPresent() && probe.get().span().isEmpty()) {
            throw Problem.badRequest("'" + id + "' has no points between which requests take time; it is no span probe:"
                    + " plumb span sets one");
        }
        return probe.flatMap(Probe::span);
    }

    private static Way way(Optional<Action.Span> span, Collection<Leg> legs) {
        return span.map(Way::of).orElseGet(() -> Way.of(legs));
    }

    private UnaryOperator<String> services() {
        Map<String, String> services = new HashMap<>();
        registry.instances()
                .forEach(seen ->
                        services.put(seen.report().id(), seen.report().labels().getOrDefault("service", "")));
        return instance -> services.getOrDefault(instance, "");
    }
}
