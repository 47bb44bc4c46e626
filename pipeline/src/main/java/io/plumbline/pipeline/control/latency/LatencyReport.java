package io.plumbline.pipeline.control.latency;

import io.plumbline.config.probe.SpanPair;
import io.plumbline.pipeline.control.latency.Latencies.One;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What is told of the spans of a probe: figures for each pair and for the whole way, and the slowest requests. Pure. */
final class LatencyReport {
    static final int SLOWEST = 10;

    private final List<Leg> legs;
    private final Way way;
    private final UnaryOperator<String> services;

    /**
     * @param legs each once
     * @param services the service of an instance; empty where nobody knows
     */
    LatencyReport(List<Leg> legs, Way way, UnaryOperator<String> services) {
        this.legs = legs;
        this.way = way;
        this.services = services;
    }

    Map<String, Object> map() {
        Map<SpanPair, List<Leg>> byPair = Journeys.byPair(legs);
        List<Map<String, Object>> pairs = new ArrayList<>();
        for (SpanPair pair : way.pairs()) {
            pairs.add(figures(
                    pair,
                    byPair.getOrDefault(pair, List.of()).stream()
                            .map(leg -> new One(leg.nanos(), leg.boundNanos(), leg.weight()))
                            .toList()));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("points", way.points());
        map.put("pairs", pairs);
        List<Journey> journeys = Journeys.of(legs, way.chain());
        whole(byPair, journeys).ifPresent(whole -> map.put("whole", whole));
        map.put("slowest", slowest(journeys));
        return map;
    }

    /** Where the pairs lead from the first point to the last; of a pair of its own from its spans, else from the requests that came all the way. */
    private Optional<Map<String, Object>> whole(Map<SpanPair, List<Leg>> byPair, List<Journey> journeys) {
        SpanPair ends = way.ends();
        if (way.pairs().contains(ends)) {
            return Optional.of(figures(
                    ends,
                    byPair.getOrDefault(ends, List.of()).stream()
                            .map(leg -> new One(leg.nanos(), leg.boundNanos(), leg.weight()))
                            .toList()));
        }
        return way.chain().isEmpty()
                ? Optional.empty()
                : Optional.of(figures(
                        ends,
                        journeys.stream()
                                .filter(this::isWhole)
                                .map(each -> new One(each.nanos(), each.boundNanos(), each.weight()))
                                .toList()));
    }

    private static Map<String, Object> figures(SpanPair pair, List<One> all) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("from", pair.from());
        map.put("to", pair.to());
        if (all.isEmpty()) {
            map.put("count", 0);
            map.put("seen", 0);
        } else {
            map.putAll(new Latencies(all).map());
        }
        return map;
    }

    private boolean isWhole(Journey journey) {
        return journey.legs().size() == way.chain().size();
    }

    /** Those that came all the way first to be looked at; of pairs that lead nowhere, each span by itself. */
    private List<Map<String, Object>> slowest(List<Journey> journeys) {
        List<Journey> all = way.chain().isEmpty()
                ? legs.stream().map(leg -> new Journey(List.of(leg))).toList()
                : journeys;
        return all.stream()
                .sorted(Comparator.comparingLong(Journey::nanos).reversed())
                .limit(SLOWEST)
                .map(this::request)
                .toList();
    }

    private Map<String, Object> request(Journey journey) {
        Leg first = journey.first();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("traceId", first.traceId());
        map.put("key", first.key());
        map.put("startMicros", first.startMicros());
        map.put("nanos", journey.nanos());
        if (journey.boundNanos() >= 0) {
            map.put("bound", journey.boundNanos());
        }
        map.put("whole", isWhole(journey));
        List<Map<String, Object>> points = new ArrayList<>();
        points.add(point(first.from(), first.service(), first.fromInstance(), 0));
        for (int i = 0; i < journey.legs().size(); i++) {
            Leg leg = journey.legs().get(i);
            long at = journey.startMicros(i) - first.startMicros() + leg.nanos() / 1_000;
            points.add(point(leg.to(), service(leg), leg.toInstance(), at));
        }
        map.put("points", points);
        return map;
    }

    private String service(Leg leg) {
        return leg.toInstance().equals(leg.fromInstance()) ? leg.service() : services.apply(leg.toInstance());
    }

    private static Map<String, Object> point(String name, String service, String instance, long offsetMicros) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("point", name);
        map.put("service", service);
        map.put("instance", instance);
        map.put("offsetMicros", offsetMicros);
        return map;
    }
}
