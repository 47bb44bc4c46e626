package io.plumbline.config.pairing;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A hit of one point of a span probe.
 *
 * @param uid unique for ever, minted in the agent; a repeated delivery has the same
 * @param point the point's name
 * @param key what tells the request apart
 * @param traceId 32 hex digits; empty without a trace
 * @param spanId the span that was current, 16 hex digits; empty without one
 * @param epochNanos by the wall clock of its host
 * @param monotonicNanos by the monotonic clock {@code clock}
 * @param clock which monotonic clock; equal clocks can be compared, others can't
 * @param thread the instance and its thread, as one text
 * @param every one request in so many is taken at this point; a power of two
 * @param attributes that the point asks for
 * @param place where in the code, for people
 */
public record PointHit(
        String uid,
        String point,
        String key,
        String traceId,
        String spanId,
        long epochNanos,
        long monotonicNanos,
        String clock,
        String thread,
        int every,
        Map<String, String> attributes,
        String place) {

    public PointHit {
        attributes = attributes.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
    }

    /** The instance that had it. */
    public String instance() {
        return thread.substring(0, Math.max(0, thread.lastIndexOf('/')));
    }

    /** Whether this one is known to be later than another; false where the clocks can't be compared. */
    boolean isAfter(PointHit other) {
        return clock.equals(other.clock) && monotonicNanos > other.monotonicNanos;
    }

    /** Whether this one is known to be earlier than another; false where the clocks can't be compared. */
    boolean isBefore(PointHit other) {
        return clock.equals(other.clock) && monotonicNanos < other.monotonicNanos;
    }
}
