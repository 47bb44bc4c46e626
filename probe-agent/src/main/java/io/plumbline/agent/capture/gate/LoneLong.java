package io.plumbline.agent.capture.gate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.LongUnaryOperator;

/**
 * A number that many threads write, with cache lines of its own: whatever stands beside it in memory would have to be fetched anew
 * after each write, and what stands there may be read with every hit. Otherwise an {@link java.util.concurrent.atomic.AtomicLong}.
 */
public final class LoneLong {
    private static final VarHandle VALUE;

    static {
        try {
            VALUE = MethodHandles.lookup().findVarHandle(LoneLong.class, "value", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // HotSpot keeps fields of one size in the order of their declaration
    @SuppressWarnings("unused")
    private long before1, before2, before3, before4, before5, before6, before7, before8;

    private long value;

    @SuppressWarnings("unused")
    private long after1, after2, after3, after4, after5, after6, after7, after8;

    public LoneLong(long first) {
        VALUE.setVolatile(this, first);
    }

    public long get() {
        return (long) VALUE.getVolatile(this);
    }

    /** Perhaps a moment old. */
    public long getPlain() {
        return value;
    }

    public void set(long now) {
        VALUE.setVolatile(this, now);
    }

    long addAndGet(long more) {
        return (long) VALUE.getAndAdd(this, more) + more;
    }

    long getAndIncrement() {
        return (long) VALUE.getAndAdd(this, 1L);
    }

    public long getAndDecrement() {
        return (long) VALUE.getAndAdd(this, -1L);
    }

    long getAndSet(long now) {
        return (long) VALUE.getAndSet(this, now);
    }

    /**
     * @param change called again where another thread was faster
     * @return what there was
     */
    long getAndUpdate(LongUnaryOperator change) {
        while (true) {
            long before = get();
            if (VALUE.compareAndSet(this, before, change.applyAsLong(before))) {
                return before;
            }
        }
    }
}
