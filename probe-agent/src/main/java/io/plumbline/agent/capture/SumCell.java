package io.plumbline.agent.capture;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** A counter. Values below zero would make it fall and are left out (counted by the series). */
final class SumCell extends Cell {
    private final LongAdder whole = new LongAdder();
    private final DoubleAdder broken = new DoubleAdder();

    // the agent's thread only
    private double collected = Double.NaN;

    SumCell(TraceReader traces, AnchoredClock clock) {
        super(traces, clock);
    }

    @Override
    void add(long value) {
        whole.add(value);
        example((double) value);
    }

    @Override
    void add(double value) {
        broken.add(value);
        example(value);
    }

    double sum() {
        return whole.sum() + broken.sum();
    }

    @Override
    boolean isChanged() {
        double now = sum();
        boolean changed = now != collected;
        collected = now;
        return changed;
    }
}
