package io.plumbline.exporters.signal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

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

    static List<Exemplar> map(List<Exemplar> exemplars, UnaryOperator<Map<String, Object>> change) {
        return exemplars.stream()
                .map(it -> new Exemplar(it.value, it.timeUnixNano, change.apply(it.attributes), it.traceId, it.spanId))
                .toList();
    }
}
