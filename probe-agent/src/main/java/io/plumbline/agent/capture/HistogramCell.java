package io.plumbline.agent.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** A distribution over fixed buckets; bounds are inclusive above, as in OTLP and Prometheus. */
final class HistogramCell extends Cell {
    private final double[] bounds;
    private final LongAdder[] counts;
    private final DoubleAdder sum = new DoubleAdder();

    // the agent's thread only
    private long collected = -1;

    HistogramCell(double[] bounds, TraceReader traces, AnchoredClock clock) {
        super(traces, clock);
        this.bounds = bounds;
        this.counts = new LongAdder[bounds.length + 1];
        Arrays.setAll(counts, i -> new LongAdder());
    }

    @Override
    void add(long value) {
        add((double) value);
    }

    @Override
    void add(double value) {
        int bucket = Arrays.binarySearch(bounds, value);
        counts[bucket >= 0 ? bucket : -bucket - 1].increment();
        sum.add(value);
        example(value);
    }

    List<Long> counts() {
        List<Long> result = new ArrayList<>(counts.length);
        for (LongAdder count : counts) {
            result.add(count.sum());
        }
        return result;
    }

    double sum() {
        return sum.sum();
    }

    @Override
    boolean isChanged() {
        long total = 0;
        for (LongAdder count : counts) {
            total += count.sum();
        }
        boolean changed = total != collected;
        collected = total;
        return changed;
    }
}
