package io.plumbline.agent.capture;

/** The last value; how many hits it stands for does not matter. */
final class GaugeCell extends Cell {
    /** NaN until the first hit. */
    private volatile double last = Double.NaN;

    private volatile boolean written;

    GaugeCell(TraceReader traces, AnchoredClock clock, Instrument instrument) {
        super(traces, clock, instrument);
    }

    @Override
    void add(long value, long weight) {
        add((double) value, weight);
    }

    @Override
    void add(double value, long weight) {
        last = value;
        if (!written) {
            written = true;
        }
    }

    double last() {
        return last;
    }

    @Override
    boolean isChanged() {
        boolean changed = written;
        written = false;
        return changed;
    }
}
