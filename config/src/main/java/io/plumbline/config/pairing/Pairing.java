package io.plumbline.config.pairing;

import io.plumbline.config.probe.SpanPair;

/**
 * Two hits that belong together.
 *
 * @param pair of which points
 */
public record Pairing(SpanPair pair, PointHit from, PointHit to) {

    /** How many requests this one stands for: the stricter of the two sampled. */
    public int weight() {
        return Math.max(from.every(), to.every());
    }
}
