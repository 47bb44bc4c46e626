package io.plumbline.agent.capture.gate;

import java.util.concurrent.TimeUnit;

/**
 * Times hits of one thread, by the wall clock where they are short, and by the thread's CPU clock, which is ten times as dear to
 * read, where they are not: a thread may have waited for a core.
 *
 * <p>That thread's only.
 */
final class HitTimer {
    /** From here on the CPU clock is read instead of the wall's. */
    private static final long CPU_CLOCK_FROM_NANOS = 20_000;

    /** The CPU clock is read after so many hits anyway, so that it tells much when the wall clock tells too much. */
    private static final int CPU_EVERY = 64;

    private static final int CPU_EVERY_DEAR = 8;

    /** A longer time says more about the machine than about the hit. */
    private static final long MAX_ELAPSED_NANOS = TimeUnit.SECONDS.toNanos(1);

    private long startedNanos;

    /** {@link CpuClock#NONE} where the wall clock is to be believed. */
    private long startedCpuNanos = CpuClock.NONE;

    /** CPU time of the thread when it was read last. */
    private long knownCpuNanos = CpuClock.NONE;

    /** Hits since then. */
    private int sinceCpu;

    /**
     * A hit begins.
     *
     * @param isFirst whether it is one of the lane's first, whose code is being loaded and compiled
     * @param meanNanos what hits took until now
     */
    void start(boolean isFirst, long meanNanos) {
        startedCpuNanos = isFirst || meanNanos >= CPU_CLOCK_FROM_NANOS ? CpuClock.nanos() : CpuClock.NONE;
        startedNanos = System.nanoTime();
    }

    /**
     * What the hit took, without the reading of the clock. Where only the wall clock was read, and says that the hit was long,
     * no more is believed than the CPU time since that was read last.
     *
     * @param meanNanos what hits took until now
     */
    long elapsed(long meanNanos) {
        long wall = Math.min(System.nanoTime() - startedNanos, MAX_ELAPSED_NANOS);
        long from = startedCpuNanos == CpuClock.NONE ? knownCpuNanos : startedCpuNanos;
        boolean isLong = startedCpuNanos != CpuClock.NONE || wall >= CPU_CLOCK_FROM_NANOS;
        boolean isDear = meanNanos >= ThreadLane.TIME_EACH_FROM_NANOS;
        if (!isLong && ++sinceCpu < (isDear ? CPU_EVERY_DEAR : CPU_EVERY)) {
            return Math.max(0, wall - CpuClock.readingNanos());
        }
        sinceCpu = 0;
        knownCpuNanos = CpuClock.nanos();
        long whole = isLong && from != CpuClock.NONE ? Math.min(wall, knownCpuNanos - from) : wall;
        return Math.max(0, whole - CpuClock.readingNanos());
    }
}
