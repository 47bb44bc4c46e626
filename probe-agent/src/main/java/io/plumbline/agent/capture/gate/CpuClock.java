package io.plumbline.agent.capture.gate;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * The CPU time of the calling thread. Dearer than {@link System#nanoTime}, but it stands still while the thread waits for a core,
 * so a hit that is long on an overloaded machine is not taken for a slow one.
 *
 * <p>{@link #start} is for the agent's threads: it loads the JDK's management classes. Application threads only read.
 */
final class CpuClock {
    /** The JVM has no such clock, or it was not started yet. */
    static final long NONE = -1;

    /** Null until it was started, and where the JVM has none. */
    private static volatile ThreadMXBean bean;

    private static final int READINGS = 200;

    /** What {@link System#nanoTime} takes; 0 until it was measured. Written once, by the agent's thread. */
    private static long readingNanos;

    private CpuClock() {}

    static void start() {
        if (bean != null) {
            return;
        }
        ThreadMXBean found = ManagementFactory.getThreadMXBean();
        if (found.isCurrentThreadCpuTimeSupported() && found.isThreadCpuTimeEnabled()) {
            found.getCurrentThreadCpuTime(); // all its classes are initialised, so that no hit has to
            readingNanos = shortestReading();
            bean = found;
        }
    }

    /** The least that lies between two readings of the wall's clock, so that no other thread's time is in it. */
    private static long shortestReading() {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < READINGS; i++) {
            long start = System.nanoTime();
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return Math.max(0, shortest);
    }

    /** Nanoseconds that reading {@link System#nanoTime} takes, and so lie within everything that is timed by it. */
    static long readingNanos() {
        return readingNanos;
    }

    /** Nanoseconds; {@link #NONE} where nobody knows. */
    static long nanos() {
        ThreadMXBean now = bean;
        return now == null ? NONE : now.getCurrentThreadCpuTime();
    }
}
