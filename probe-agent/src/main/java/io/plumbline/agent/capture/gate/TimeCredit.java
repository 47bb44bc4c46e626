package io.plumbline.agent.capture.gate;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongBinaryOperator;

/**
 * The CPU time that a probe may use, in picoseconds: it grows each turn, to that of some seconds at most. Drawn on by application
 * threads, filled by the agent's.
 */
final class TimeCredit {
    /** The credit of so long may be used up in one go: the first hits of a probe run in the interpreter. */
    static final long FULL_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** What a probe's first hits may take besides, once: they load and link classes, the program's too. */
    static final long WARM_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Captures nothing, so that using it allocates nothing. */
    private static final LongBinaryOperator LESS = (now, used) -> Math.max(0, now - used);

    private final LoneLong left = new LoneLong(0);
    private final AtomicLong warmUpNanos = new AtomicLong(WARM_UP_NANOS);
    private volatile long full;

    /** Takes some away, there or not. Returns what is left. */
    long draw(long picos) {
        return left.addAndGet(-picos);
    }

    /** The part of a first hit that the allowance for these does not cover. */
    long beyondWarmUp(long nanos) {
        long free = warmUpNanos.getAndAccumulate(nanos, LESS);
        return Math.max(0, nanos - free);
    }

    /** The most there can be. */
    long full() {
        return full;
    }

    boolean isFull() {
        return left.get() >= full;
    }

    boolean isShort() {
        return left.get() < full * 3 / 4;
    }

    /**
     * Adds the credit of a turn.
     *
     * @param saved the share of a core whose credit is saved up
     * @param granted the share of a core whose credit comes
     * @return whether there is any
     */
    boolean refill(double saved, double granted, long turnNanos) {
        full = (long) (saved * FULL_NANOS * 1_000);
        long more = (long) (granted * turnNanos * 1_000);
        return Math.min(full, left.getAndUpdate(now -> Math.min(full, now + more)) + more) > 0;
    }
}
