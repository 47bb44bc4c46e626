package io.plumbline.pipeline.pairing;

import io.plumbline.config.pairing.PointHit;
import io.plumbline.exporters.signal.Resource;

/** What a record of the points' topic holds. */
sealed interface Arrival {

    /**
     * A hit of a point.
     *
     * @param probe the probe's id
     * @param resource of the instance that had it
     */
    record Hit(String probe, PointHit hit, Resource resource) implements Arrival {}

    /**
     * One side of a call.
     *
     * @param clock of the side's host
     * @param span the client's span, which both sides know
     * @param start nanoseconds since the epoch by the side's wall clock
     * @param end likewise
     * @param error by how much both may be off
     */
    record Hop(String clock, boolean isClient, String span, long start, long end, long error) implements Arrival {}
}
