package io.plumbline.exporters.signal;

import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A log record.
 *
 * @param observedTimeUnixNano when the producer saw it, or 0
 * @param severityNumber 1 (TRACE) to 24 (FATAL4), 0 if unknown, as OpenTelemetry counts
 * @param severityText the producer's word for it, or ""
 * @param body String, Long, Double, Boolean, List or Map; "" if there is none
 * @param traceId 32 hex digits, or ""
 * @param spanId 16 hex digits, or ""
 * @param eventName what kind of event it is, such as {@code plumbline.log}, or ""
 */
public record LogSignal(
        Resource resource,
        long timeUnixNano,
        long observedTimeUnixNano,
        int severityNumber,
        String severityText,
        Object body,
        Map<String, Object> attributes,
        String traceId,
        String spanId,
        String eventName,
        int wireBytes)
        implements Signal {

    public LogSignal {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(severityText, "severityText");
        Objects.requireNonNull(body, "body");
        attributes = Values.copyOf(attributes);
        Objects.requireNonNull(traceId, "traceId");
        Objects.requireNonNull(spanId, "spanId");
        Objects.requireNonNull(eventName, "eventName");
    }

    @Override
    public SignalKind kind() {
        return SignalKind.LOG;
    }

    /** The record's unique id, the same at every delivery, or "" if its producer gave it none. */
    public String uid() {
        String uid = Values.text(attributes, AttributeNames.LOG_RECORD_UID);
        return uid.isEmpty() ? Values.text(attributes, AttributeNames.DOCUMENT_ID) : uid;
    }

    /** When it happened: the record's time, else when it was seen, else 0. */
    public long bestTimeUnixNano() {
        return timeUnixNano != 0 ? timeUnixNano : observedTimeUnixNano;
    }

    @Override
    public LogSignal mapAttributes(UnaryOperator<Map<String, Object>> change) {
        return new LogSignal(
                resource,
                timeUnixNano,
                observedTimeUnixNano,
                severityNumber,
                severityText,
                body,
                change.apply(attributes),
                traceId,
                spanId,
                eventName,
                wireBytes);
    }
}
