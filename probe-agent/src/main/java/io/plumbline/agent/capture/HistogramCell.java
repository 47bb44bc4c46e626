package io.plumbline.agent.capture;

import io.plumbline.agent.capture.beside.OwnSeries;
import io.plumbline.agent.capture.gate.Buckets;
import io.plumbline.agent.capture.gate.LaneHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * A distribution over fixed buckets: what all threads share, and what single threads have in their lanes. Bounds are inclusive
 * above, as in OTLP and Prometheus.
 */
final class HistogramCell extends Cell {
    private final Buckets buckets;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    // guarded by this
    private final List<LaneHistogram> parts = new ArrayList<>();

    /** Null while nobody wants single values. */
    private volatile RecentValues recent;

    // the agent's thread only
    private long collected = -1;

    HistogramCell(double[] bounds, TraceReader traces, AnchoredClock clock, Instrument instrument) {
        super(traces, clock, instrument);
        this.buckets = new Buckets(bounds);
        this.counts = new LongAdder[buckets.count()];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    @Override
    void add(long value, long weight) {
        add((double) value, weight);
    }

    @Override
    void add(double value, long weight) {
        counts[buckets.of(value)].add(weight);
        sum.add(value * weight);
        RecentValues wanted = recent;
        if (wanted != null) {
            wanted.add(value, weight);
        }
        example(value);
    }

    void keepValues(boolean keep) {
        if (keep != (recent != null)) {
            recent = keep ? new RecentValues() : null;
        }
    }

    long takeValues(OwnSeries.Values out) {
        RecentValues wanted = recent;
        return wanted == null ? 0 : wanted.take(out);
    }

    synchronized LaneHistogram newPart() {
        LaneHistogram part = new LaneHistogram(buckets);
        parts.add(part);
        return part;
    }

    synchronized void fold(LaneHistogram part) {
        if (parts.remove(part)) {
            long[] own = new long[counts.length];
            part.addTo(own);
            for (int i = 0; i < own.length; i++) {
                counts[i].add(own[i]);
            }
            sum.add(part.sum());
        }
    }

    synchronized List<Long> counts() {
        long[] all = new long[counts.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = counts[i].sum();
        }
        parts.forEach(part -> part.addTo(all));
        return Arrays.stream(all).boxed().toList();
    }

    synchronized double sum() {
        return sum.sum() + parts.stream().mapToDouble(LaneHistogram::sum).sum();
    }

    @Override
    boolean isChanged() {
        long total = counts().stream().mapToLong(Long::longValue).sum();
        boolean changed = total != collected;
        collected = total;
        return changed;
    }
}
