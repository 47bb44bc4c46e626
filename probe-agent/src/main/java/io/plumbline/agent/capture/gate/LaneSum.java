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

    private long whole;
    private double broken;

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
