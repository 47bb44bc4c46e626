package io.plumbline.agent.capture;

import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.plumbline.config.expression.Code;
import io.plumbline.config.pairing.Pairing;
import io.plumbline.config.pairing.PointHit;
import io.plumbline.config.pairing.Trail;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Pairs the hits of points that meet on one thread: spans as they close, their durations as a histogram, and how many hits were
 * waited for in vain. Exact, as all is one clock's and one thread's.
 *
 * <p>The bargain: a hit that was lost for want of credit makes all that waits in its probe doubtful, so that is let go; what is
 * told is right, and what was lost is counted as lost. Send thread only.
 */
final class ThreadPairs {
    /** Threads of one probe with hits that wait; beyond that the one that came first is forgotten. */
    private static final int MAX_TRAILS = 10_000;

    /** Closed spans that wait to be fetched. */
    private static final int MAX_SPANS = 100_000;

    private static final double NANOS_PER_SECOND = 1e9;

    private final Resource resource;
    private final Function<Metered, Instrument> instruments;
    private final Map<String, Of> probes = new HashMap<>();
    private List<SpanData> closed = new ArrayList<>();

    /**
     * A metric of a probe that nobody wrote into it.
     *
     * @param probe a part of it
     */
    record Metered(Probe probe, Action.Metric metric) {}

    /** What is known of one version of a probe. */
    private static final class Of {
        private final Probe part;
        private final Action.Span span;
        private final Instrument durations;
        private final Instrument unclosed;
        private final Map<String, Trail> trails = new LinkedHashMap<>();
        private final Map<String, Long> lost = new HashMap<>();

        Of(Probe part, Action.Span span, Instrument durations, Instrument unclosed) {
            this.part = part;
            this.span = span;
            this.durations = durations;
            this.unclosed = unclosed;
        }
    }

    /**
     * @param instruments makes the metric
     */
    ThreadPairs(Resource resource, Function<Metered, Instrument> instruments) {
        this.resource = resource;
        this.instruments = instruments;
    }

    void add(PointRecords source, PointHit hit) {
        Of of = of(source);
        long lostNow = source.lost();
        if (!Long.valueOf(lostNow).equals(of.lost.put(hit.point(), lostNow)) && lostNow > 0) {
            of.trails.clear();
        }
        Trail trail = of.trails.computeIfAbsent(hit.key(), any -> new Trail(of.span));
        trail.add(hit, hit.monotonicNanos(), pairing -> close(of, pairing));
        if (trail.isEmpty()) {
            of.trails.remove(hit.key());
        } else if (of.trails.size() > MAX_TRAILS) {
            Iterator<String> oldest = of.trails.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    private Of of(PointRecords source) {
        Probe part = source.tap().probe();
        Of known = probes.get(part.wholeId());
        if (known != null && known.part.version() >= part.version()) {
            return known;
        }
        Of fresh = new Of(
                part,
                source.point().span(),
                instruments.apply(new Metered(part, durations())),
                instruments.apply(new Metered(part, unclosed())));
        probes.put(part.wholeId(), fresh);
        return fresh;
    }

    private static Action.Metric durations() {
        List<Double> bounds = new ArrayList<>();
        for (double decade = 1e-6; decade < 100; decade *= 10) {
            bounds.addAll(List.of(decade, 2.5 * decade, 5 * decade));
        }
        bounds.add(100.0);
        return new Action.Histogram(
                "plumbline.span.duration",
                "s",
                "From one point of a span probe to the next",
                labels("plumbline.span.from", "plumbline.span.to"),
                Optional.of(Code.parse("0")),
                bounds,
                false);
    }

    private static Action.Metric unclosed() {
        return new Action.Count(
                "plumbline.span.unclosed",
                "{hit}",
                "Hits of a point that no later point followed",
                labels("plumbline.span.from"),
                Optional.empty(),
                false);
    }

    private static Map<String, Code> labels(String... names) {
        Map<String, Code> labels = new LinkedHashMap<>();
        for (String name : names) {
            labels.put(name, Code.parse("0"));
        }
        return labels;
    }

    /** Where time is sampled, a pair that reaches over a stretch that was left out is none. */
    private void close(Of of, Pairing pairing) {
        boolean isSampled = pairing.weight() > 1;
        long from = pairing.from().monotonicNanos();
        long to = pairing.to().monotonicNanos();
        if (isSampled && PointRecords.stretch(from) != PointRecords.stretch(to)) {
            return;
        }
        if (closed.size() < MAX_SPANS) {
            closed.add(new PairSpan(resource, of.part, pairing));
        }
        of.durations
                .root()
                .child(pairing.pair().from())
                .child(pairing.pair().to())
                .record((to - from) / NANOS_PER_SECOND, pairing.weight());
    }

    /** Lets go of what has waited for too long. About once a second. */
    void expire(long nowNanos) {
        for (Of of : probes.values()) {
            long before = nowNanos - of.span.within().toNanos();
            for (Iterator<Trail> each = of.trails.values().iterator(); each.hasNext(); ) {
                Trail trail = each.next();
                trail.expire(before, lost -> {
                    if (!lost.missed().isEmpty()) {
                        of.unclosed
                                .root()
                                .child(lost.hit().point())
                                .increment(lost.hit().every());
                    }
                });
                if (trail.isEmpty()) {
                    each.remove();
                }
            }
        }
    }

    /** The spans that have closed since. */
    List<SpanData> takeSpans() {
        List<SpanData> taken = closed;
        if (!taken.isEmpty()) {
            closed = new ArrayList<>();
        }
        return taken;
    }

    List<MetricData> collect(boolean all) {
        List<MetricData> metrics = new ArrayList<>();
        for (Of of : probes.values()) {
            metrics.addAll(of.durations.collect(all));
            metrics.addAll(of.unclosed.collect(all));
        }
        return metrics;
    }

    /** Forgets probes that are gone; their last numbers have been collected. */
    void keepOnly(Set<String> wholeIds) {
        probes.keySet().retainAll(wholeIds);
    }

    /** How many threads have hits that wait, by probe. For tests. */
    Map<String, Integer> waiting() {
        Map<String, Integer> counts = new TreeMap<>();
        probes.forEach((id, of) -> counts.put(id, of.trails.size()));
        return counts;
    }
}
