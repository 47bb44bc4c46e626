package io.plumbline.agent.capture.gate;

/**
 * Reckons the hits that came by while the gate was shut, from the rate while it was open. Plain arithmetic; the agent's thread.
 */
final class Unseen {
    /** Open for less says nothing about the rate. */
    private static final long SHORTEST_OPEN_NANOS = 20_000;

    private static final double MEMORY = 0.1;

    private double total;
    private double hitsPerOpenNano;
    private double seen;
    private double gone;

    /**
     * Hits that came by in a turn while the gate was shut, as many as there would have been before.
     *
     * @param openNanos of the turn
     * @param shutNanos of the turn, after those
     * @param counted while it was open
     */
    double turn(long openNanos, long shutNanos, long counted) {
        if (openNanos >= SHORTEST_OPEN_NANOS) {
            hitsPerOpenNano = (double) counted / openNanos;
        }
        double missed = hitsPerOpenNano * Math.max(0, shutNanos);
        seen += (counted - seen) * MEMORY;
        gone += (missed - gone) * MEMORY;
        total += missed;
        return missed;
    }

    /** All since the beginning. */
    double total() {
        return total;
    }

    /** How many hits come by for each that is counted, lately. */
    double scale() {
        return gone <= 0 || seen <= 0 ? 1 : 1 + gone / seen;
    }
}
