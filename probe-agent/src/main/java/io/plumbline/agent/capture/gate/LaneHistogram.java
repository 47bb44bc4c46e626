package io.plumbline.agent.capture.gate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One thread's part of a histogram. Written by that thread, read by the agent's, which may miss what is being written. */
public final class LaneHistogram {
    private static final VarHandle COUNT = MethodHandles.arrayElementVarHandle(long[].class);
    private static final VarHandle SUM;

    static {
        try {
            SUM = MethodHandles.lookup().findVarHandle(LaneHistogram.class, "sum", double.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final double[] bounds;
    private final long[] counts;
    private double sum;

    /**
     * @param bounds inclusive above, ascending; not copied
     */
    public LaneHistogram(double[] bounds) {
        this.bounds = bounds;
        this.counts = new long[bounds.length + 1];
    }

    void add(double value, long weight) {
        int bucket = bucket(bounds, value);
        COUNT.setOpaque(counts, bucket, counts[bucket] + weight);
        SUM.setOpaque(this, sum + value * weight);
    }

    /** The bucket of a finite value: the first whose bound is not below it. */
    public static int bucket(double[] bounds, double value) {
        int low = 0;
        int high = bounds.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    public double sum() {
        return (double) SUM.getOpaque(this);
    }

    /** Adds this part's counts to those of the whole. */
    public void addTo(long[] whole) {
        for (int i = 0; i < counts.length; i++) {
            whole[i] += (long) COUNT.getOpaque(counts, i);
        }
    }
}
