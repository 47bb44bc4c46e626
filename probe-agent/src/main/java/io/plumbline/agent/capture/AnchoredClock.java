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
        static Anchor now() {
            Instant now = Instant.now();
            return new Anchor(now.getEpochSecond() * 1_000_000_000L + now.getNano(), System.nanoTime());
        }
    }

    /** Nanoseconds since the epoch. */
    long nowEpochNanos() {
        Anchor current = anchor;
        return current.epochNanos + (System.nanoTime() - current.nanoTime);
    }

    /** Follows the wall clock, which may have been set. */
    void anchor() {
        anchor = Anchor.now();
    }
}
