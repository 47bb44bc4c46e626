package io.plumbline.agent.capture;

import java.time.Instant;

/**
 * Wall-clock time at the resolution and price of {@link System#nanoTime}: an anchor taken now and then, plus the
 * nanoseconds since. Time stamps of one JVM stay in order between two anchors.
 */
final class AnchoredClock {
    /** Set by the agent's thread, read by application threads. Replaced as one object. */
    private volatile Anchor anchor = Anchor.now();

    private record Anchor(long epochNanos, long nanoTime) {
        private static final int ATTEMPTS = 5;

        /** Both clocks at one moment: of some attempts the one in which least lay between, as the thread may lose its core. */
        static Anchor now() {
            Anchor best = null;
            long least = Long.MAX_VALUE;
            for (int i = 0; i < ATTEMPTS; i++) {
                long before = System.nanoTime();
                Instant now = Instant.now();
                long between = System.nanoTime() - before;
                if (between < least) {
                    least = between;
                    best = new Anchor(now.getEpochSecond() * 1_000_000_000L + now.getNano(), before + between / 2);
                }
            }
            return best;
        }
    }

    /** Nanoseconds since the epoch. */
    long nowEpochNanos() {
        return epochNanos(System.nanoTime());
    }

    /** Nanoseconds since the epoch at a time of {@link System#nanoTime}. */
    long epochNanos(long nanoTime) {
        Anchor current = anchor;
        return current.epochNanos + (nanoTime - current.nanoTime);
    }

    /** Follows the wall clock, which may have been set. */
    void anchor() {
        anchor = Anchor.now();
    }
}
