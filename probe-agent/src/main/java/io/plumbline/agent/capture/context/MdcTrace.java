package io.plumbline.agent.capture.context;

import java.math.BigInteger;
import java.util.List;

/**
 * Trace and span id from the MDC, where tracers put them for log lines. The first key with a well-formed id counts:
 *
 * <ul>
 *   <li>{@code trace_id}, {@code span_id}: OpenTelemetry's appenders;
 *   <li>{@code traceId}, {@code spanId}: Micrometer Tracing, Spring Cloud Sleuth, Brave;
 *   <li>{@code dd.trace_id}, {@code dd.span_id}: Datadog; decimal, or 32 hex digits for 128-bit trace ids;
 *   <li>{@code trace.id}, {@code span.id} or {@code transaction.id}: Elastic APM;
 *   <li>{@code X-B3-TraceId}, {@code X-B3-SpanId}: Sleuth 1.
 * </ul>
 *
 * A trace id of 16 hex digits is filled up with zeros on the left, as W3C Trace Context asks. Any thread; allocates nothing
 * where the id is in OpenTelemetry's form already.
 */
public final class MdcTrace {
    private static final int TRACE_CHARS = 32;
    private static final int SPAN_CHARS = 16;

    private record Keys(String trace, List<String> spans, boolean isDatadog) {}

    private static final List<Keys> KEYS = List.of(
            new Keys("trace_id", List.of("span_id"), false),
            new Keys("traceId", List.of("spanId"), false),
            new Keys("dd.trace_id", List.of("dd.span_id"), true),
            new Keys("trace.id", List.of("span.id", "transaction.id"), false),
            new Keys("X-B3-TraceId", List.of("X-B3-SpanId"), false));

    private final MdcReader mdc;

    MdcTrace(MdcReader mdc) {
        this.mdc = mdc;
    }

    /** 32 hex digits in lower case; null if there is none. */
    public String traceId() {
        for (int i = 0; i < KEYS.size(); i++) {
            String id = traceId(KEYS.get(i));
            if (id != null) {
                return id;
            }
        }
        return null;
    }

    private String traceId(Keys keys) {
        return id(mdc.raw(keys.trace()), TRACE_CHARS, keys.isDatadog());
    }

    /** 16 hex digits in lower case, of the tracer that has a trace id; empty if there is none. */
    public String spanId() {
        for (int i = 0; i < KEYS.size(); i++) {
            Keys keys = KEYS.get(i);
            if (traceId(keys) == null) {
                continue;
            }
            for (int j = 0; j < keys.spans().size(); j++) {
                String id = id(mdc.raw(keys.spans().get(j)), SPAN_CHARS, keys.isDatadog());
                if (id != null) {
                    return id;
                }
            }
        }
        return "";
    }

    static String id(String text, int chars, boolean isDatadog) {
        if (text == null || text.isEmpty() || text.length() > TRACE_CHARS) {
            return null;
        }
        if (isDatadog && text.length() != TRACE_CHARS) {
            return decimal(text, chars);
        }
        boolean hasLength = text.length() == chars || chars == TRACE_CHARS && text.length() == SPAN_CHARS;
        return hasLength ? hex(text, chars) : null;
    }

    private static String hex(String text, int chars) {
        boolean isZero = true;
        boolean isLower = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean digit = c >= '0' && c <= '9';
            if (!digit && !(c >= 'a' && c <= 'f') && !(c >= 'A' && c <= 'F')) {
                return null;
            }
            isZero &= c == '0';
            isLower &= c < 'A' || c > 'F';
        }
        if (isZero) {
            return null;
        }
        String padded = text.length() == chars ? text : "0".repeat(chars - text.length()) + text;
        return isLower ? padded : padded.toLowerCase(java.util.Locale.ROOT);
    }

    /** An unsigned number of 64 bits. */
    private static String decimal(String text, int chars) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return null;
            }
        }
        BigInteger number = new BigInteger(text);
        if (number.signum() == 0 || number.bitLength() > Long.SIZE) {
            return null;
        }
        String hex = number.toString(16);
        return "0".repeat(chars - hex.length()) + hex;
    }
}
