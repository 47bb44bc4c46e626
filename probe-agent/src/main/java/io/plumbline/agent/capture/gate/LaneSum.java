package io.plumbline.agent.capture.gate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** One thread's part of a counter. Written by that thread, read by the agent's, which may miss what is being written. */
public final class LaneSum {
    private static final VarHandle WHOLE;
    private static final VarHandle BROKEN;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            WHOLE = lookup.findVarHandle(LaneSum.class, "whole", long.class);
            BROKEN = lookup.findVarHandle(LaneSum.class, "broken", double.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // no other thread's numbers on the same cache line, as in ThreadLane
    @SuppressWarnings("unused")
    private long before1, before2, before3, before4, before5, before6, before7, before8;

    private long whole;
    private double broken;

    @SuppressWarnings("unused")
    private long after1, after2, after3, after4, after5, after6, after7, after8;

    void add(long value) {
        WHOLE.setOpaque(this, whole + value);
    }

    void add(double value) {
        BROKEN.setOpaque(this, broken + value);
    }

    public double sum() {
        return (long) WHOLE.getOpaque(this) + (double) BROKEN.getOpaque(this);
    }
}
