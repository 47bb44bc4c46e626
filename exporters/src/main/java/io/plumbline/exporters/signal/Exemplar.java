package io.plumbline.exporters.signal;

import java.util.Map;
import java.util.Objects;

/**
 * One measurement behind a metric point.
 *
 * @param attributes those of the measurement that are not attributes of the point
 * @param traceId 32 hex digits, or ""
 * @param spanId 16 hex digits, or ""
 */
public record Exemplar(double value, long timeUnixNano, Map<String, Object> attributes, String traceId, String spanId) {

    public Exemplar {
        attributes = Values.copyOf(attributes);
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(spanId, "spanId");
    }
}
