package io.plumbline.exporters.signal;

import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A span.
 *
 * @param timeUnixNano when it began
 * @param endUnixNano when it ended
 * @param traceId 32 hex digits
 * @param spanId 16 hex digits
 * @param parentSpanId 16 hex digits, or ""
 * @param form the whole span as OTLP, for {@link OtlpEncoder}: what is not read here is kept
 */
public record SpanSignal(
        Resource resource,
        String name,
        long timeUnixNano,
        long endUnixNano,
        String traceId,
        String spanId,
        String parentSpanId,
        Map<String, Object> attributes,
        Form form,
        int wireBytes)
        implements Signal {

    /** A span in OTLP's form, with its resource and scope. Only its package knows what that is. */
    public sealed interface Form permits SpanReader.OtlpSpan {}

    public SpanSignal {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(spanId, "spanId");
        Objects.requireNonNull(parentSpanId, "parentSpanId");
        Objects.requireNonNull(form, "form");
        attributes = Values.copyOf(attributes);
    }

    @Override
    public SignalKind kind() {
        return SignalKind.SPAN;
    }

    /** How long it took. */
    public long nanos() {
        return Math.max(0, endUnixNano - timeUnixNano);
    }

    /** As people read it: {@code 12.3 ms ±0.4 ms}, {@code 12.3 ms ±?} where the bound is not known. */
    public String duration() {
        String basis = Values.text(attributes, AttributeNames.LATENCY_BASIS);
        Object bound = attributes.get(AttributeNames.LATENCY_BOUND);
        String error = bound instanceof Long nanos && nanos > 0
                ? " ±" + millis(nanos)
                : basis.equals("unbounded") ? " ±?" : "";
        return millis(nanos()) + error;
    }

    private static String millis(long nanos) {
        return String.format(java.util.Locale.ROOT, nanos < 1_000_000 ? "%.3f ms" : "%.1f ms", nanos / 1e6);
    }

    @Override
    public SpanSignal mapAttributes(UnaryOperator<Map<String, Object>> change) {
        return new SpanSignal(
                resource,
                name,
                timeUnixNano,
                endUnixNano,
                traceId,
                spanId,
                parentSpanId,
                change.apply(attributes),
                ((SpanReader.OtlpSpan) form).map(change),
                wireBytes);
    }
}
