package io.plumbline.agent.capture.gate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One thread's part of a histogram. Written by that thread, read by the agent's, which may miss what is being written. */
public final class LaneHistogram {
    private static final VarHandle CELL = MethodHandles.arrayElementVarHandle(long[].class);

    /** Unused cells before and behind the others: no other thread's numbers on the same cache line, as in {@link ThreadLane}. */
    private static final int PAD = 8;

    /** Where the sum is, as the bits of a double; the buckets' counts follow. */
    private static final int SUM = PAD;

    private static final int FIRST = SUM + 1;

    private final Buckets buckets;
    private final long[] cells;

    public LaneHistogram(Buckets buckets) {
        this.buckets = buckets;
        this.cells = new long[FIRST + buckets.count() + PAD];
    }

    void add(double value, long weight) {
        long[] all = cells; // not read again behind the writes
        double sum = Double.longBitsToDouble(all[SUM]) + value * weight;
        int at = FIRST + buckets.of(value);
        long count = all[at] + weight;
        CELL.setOpaque(all, SUM, Double.doubleToRawLongBits(sum));
        CELL.setOpaque(all, at, count);
    }

    public double sum() {
        return Double.longBitsToDouble((long) CELL.getOpaque(cells, SUM));
    }

    /** Adds this part's counts to those of the whole. */
    public void addTo(long[] whole) {
        for (int i = 0; i < buckets.count(); i++) {
            whole[i] += (long) CELL.getOpaque(cells, FIRST + i);
        }
    }
}
