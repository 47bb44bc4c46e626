package io.plumbline.pipeline.control.latency;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * All spans of one request, as bars below each other. Where spans follow each other they are put behind each other by their durations, which are known better than the
 * clocks of two hosts agree; others stand where their own clocks say. Pure.
 */
final class Waterfall {
    private final List<Map<String, Object>> spans;
    private final Way way;
    private final UnaryOperator<String> services;

    /** @param spans signals in their form, each once, at least one */
    Waterfall(List<Map<String, Object>> spans, Way way, UnaryOperator<String> services) {
        this.spans = spans;
        this.way = way;
        this.services = services;
    }

    Map<String, Object> map() {
        List<Leg> legs = spans.stream().map(Leg::of).toList();
        Map<String, Long> starts = starts(legs);
        long begin = starts.values().stream().mapToLong(Long::longValue).min().orElse(0);
        List<Map<String, Object>> bars = new ArrayList<>();
        for (int i = 0; i < legs.size(); i++) {
            bars.add(bar(spans.get(i), legs.get(i), starts.get(legs.get(i).spanId()) - begin));
        }
        bars.sort(Comparator.comparingLong(bar -> (Long) bar.get("offsetMicros")));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "traces",
                new ArrayList<>(new TreeSet<>(legs.stream().map(Leg::traceId).toList())));
        map.put("startMicros", begin);
        map.put("micros", bars.stream().mapToLong(Waterfall::end).max().orElse(0));
        map.put("points", way.points());
        map.put("missing", missing(legs));
        map.put("spans", bars);
        return map;
    }

    private Map<String, Long> starts(List<Leg> legs) {
        Map<String, Long> starts = new HashMap<>();
        legs.forEach(leg -> starts.put(leg.spanId(), leg.startMicros()));
        for (Journey journey : Journeys.of(legs, way.chain())) {
            for (int i = 1; i < journey.legs().size(); i++) {
                starts.put(journey.legs().get(i).spanId(), journey.startMicros(i));
            }
        }
        return starts;
    }

    private List<String> missing(List<Leg> legs) {
        Set<String> seen = new TreeSet<>();
        legs.forEach(leg -> {
            seen.add(leg.from());
            seen.add(leg.to());
        });
        return way.points().stream().filter(point -> !seen.contains(point)).toList();
    }

    private Map<String, Object> bar(Map<String, Object> span, Leg leg, long offsetMicros) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("spanId", leg.spanId());
        map.put("parentSpanId", span.getOrDefault("parentSpanId", ""));
        map.put("traceId", leg.traceId());
        map.put("name", span.get("name"));
        map.put("from", leg.from());
        map.put("to", leg.to());
        map.put("service", leg.service());
        map.put("instance", leg.fromInstance());
        map.put(
                "toService",
                leg.toInstance().equals(leg.fromInstance()) ? leg.service() : services.apply(leg.toInstance()));
        map.put("toInstance", leg.toInstance());
        map.put("startMicros", leg.startMicros());
        map.put("offsetMicros", offsetMicros);
        map.put("nanos", leg.nanos());
        map.put("duration", span.get("duration"));
        map.put("basis", leg.basis());
        if (leg.boundNanos() >= 0) {
            map.put("bound", leg.boundNanos());
        }
        map.put("attributes", span.get("attributes"));
        return map;
    }

    private static long end(Map<String, Object> bar) {
        return (Long) bar.get("offsetMicros") + (Long) bar.get("nanos") / 1_000;
    }
}
