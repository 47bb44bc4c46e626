package io.plumbline.pipeline.control.latency;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.SpanPair;
import io.plumbline.config.probe.SpanPoint;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The points of a span probe and between which of them spans go.
 *
 * @param points in the order in which requests pass them; at least two
 */
record Way(List<String> points, List<SpanPair> pairs) {
    Way {
        points = List.copyOf(points);
        pairs = List.copyOf(pairs);
    }

    static Way of(Action.Span span) {
        return new Way(span.points().stream().map(SpanPoint::name).toList(), span.pairs());
    }

    /** Of a probe that is not there any more: what its spans say. */
    static Way of(Collection<Leg> legs) {
        Set<String> points = new LinkedHashSet<>();
        List<SpanPair> pairs = new ArrayList<>(Journeys.byPair(legs).keySet());
        pairs.sort(Comparator.comparing(SpanPair::from).thenComparing(SpanPair::to));
        pairs.forEach(pair -> points.add(pair.from()));
        pairs.forEach(pair -> points.add(pair.to()));
        return new Way(List.copyOf(points), pairs);
    }

    SpanPair ends() {
        return new SpanPair(points.get(0), points.get(points.size() - 1));
    }

    /** The pairs of neighbours, where they lead from the first point to the last; else none. */
    List<SpanPair> chain() {
        List<SpanPair> chain = new ArrayList<>();
        for (int i = 1; i < points.size(); i++) {
            SpanPair pair = new SpanPair(points.get(i - 1), points.get(i));
            if (!pairs.contains(pair)) {
                return List.of();
            }
            chain.add(pair);
        }
        return chain;
    }
}
