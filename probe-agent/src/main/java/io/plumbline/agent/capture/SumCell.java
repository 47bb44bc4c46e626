package io.plumbline.agent.capture;

import io.plumbline.agent.capture.gate.LaneSum;
import io.plumbline.agent.capture.gate.ProbeTap;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * A counter: what all threads share, what single threads have in their lanes, and the hits of gates whose number it is. Values
 * below zero would make it fall and are left out (counted by the series).
 */
final class SumCell extends Cell {
    private final LongAdder whole = new LongAdder();
    private final DoubleAdder broken = new DoubleAdder();

    // guarded by this
    private final List<LaneSum> parts = new ArrayList<>();
    private final List<ProbeTap> gates = new ArrayList<>();
    private double last;

    // the agent's thread only
    private double collected = Double.NaN;

    SumCell(TraceReader traces, AnchoredClock clock, Instrument instrument) {
        super(traces, clock, instrument);
    }

    @Override
    void add(long value, long weight) {
        whole.add(value * weight);
        example((double) value);
    }

    @Override
    void add(double value, long weight) {
        broken.add(value * weight);
        example(value);
    }

    synchronized LaneSum newPart() {
        LaneSum part = new LaneSum();
        parts.add(part);
        return part;
    }

    synchronized void fold(LaneSum part) {
        if (parts.remove(part)) {
            broken.add(part.sum());
        }
    }

    /** The gate's hits are counted here, besides those of the gates before it. */
    synchronized void count(ProbeTap gate) {
        while (gates.size() > 1) {
            broken.add(gates.remove(0).hits());
        }
        gates.add(gate);
    }

    /** Never less than before, although a lane that is being written may show too few for a moment. */
    synchronized double sum() {
        double sum = whole.sum() + broken.sum();
        for (LaneSum part : parts) {
            sum += part.sum();
        }
        for (ProbeTap gate : gates) {
            sum += Math.floor(gate.hits());
        }
        last = Math.max(last, sum);
        return last;
    }

    @Override
    boolean isChanged() {
        double now = sum();
        boolean changed = now != collected;
        collected = now;
        return changed;
    }
}
