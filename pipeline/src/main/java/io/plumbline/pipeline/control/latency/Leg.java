package io.plumbline.pipeline.control.latency;

import io.plumbline.config.wire.SignalAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One span between two points, without what no figure is made of.
 *
 * @param spanId 16 hex digits
 * @param traceId 32 hex digits
 * @param key what the probe tells requests apart by, where that is an expression; else empty
 * @param service of the instance that had the first hit
 * @param startMicros since the epoch, by that instance's clock
 * @param boundNanos by how much the duration may be off; below 0 where nobody knows
 * @param basis how the duration is known
 * @param weight how many requests it stands for
 */
record Leg(
        String spanId,
        String traceId,
        String key,
        String from,
        String to,
        String service,
        String fromInstance,
        String toInstance,
        long startMicros,
        long nanos,
        long boundNanos,
        String basis,
        long weight) {
    private static final String FROM_INSTANCE = "plumbline.span.from.instance";
    private static final String TO_INSTANCE = "plumbline.span.to.instance";
    private static final long NANOS_PER_MICRO = 1_000;
    private static final String SAME_PROCESS = "process";

    /** What of a signal's form a leg is made of. */
    static Map<String, Object> needed(Map<String, Object> form) {
        Map<String, Object> needed = new LinkedHashMap<>();
        for (String key : new String[] {"spanId", "traceId", "service", "instance", "startMicros", "nanos"}) {
            needed.put(key, form.get(key));
        }
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes(form).forEach((name, value) -> {
            if (name.toString().startsWith("plumbline.")) {
                attributes.put(name.toString(), value);
            }
        });
        needed.put("attributes", attributes);
        return needed;
    }

    /** Reads a signal's form. */
    static Leg of(Map<String, Object> form) {
        Map<?, ?> attributes = attributes(form);
        String basis = text(attributes, SignalAttributes.LATENCY_BASIS, SAME_PROCESS);
        String instance = text(form, "instance", "");
        return new Leg(
                text(form, "spanId", ""),
                text(form, "traceId", ""),
                text(attributes, SignalAttributes.SPAN_KEY, ""),
                text(attributes, SignalAttributes.SPAN_FROM, ""),
                text(attributes, SignalAttributes.SPAN_TO, ""),
                text(form, "service", ""),
                text(attributes, FROM_INSTANCE, instance),
                text(attributes, TO_INSTANCE, instance),
                number(form, "startMicros", 0),
                number(form, "nanos", 0),
                number(attributes, SignalAttributes.LATENCY_BOUND, basis.equals(SAME_PROCESS) ? 0 : -1),
                basis,
                Math.max(1, number(attributes, SignalAttributes.WEIGHT, 1)));
    }

    long endMicros() {
        return startMicros + nanos / NANOS_PER_MICRO;
    }

    boolean isBetweenPoints() {
        return !from.isEmpty() && !to.isEmpty() && !from.equals(to);
    }

    boolean isOneProcess() {
        return basis.equals(SAME_PROCESS);
    }

    private static Map<?, ?> attributes(Map<String, Object> form) {
        return form.get("attributes") instanceof Map<?, ?> attributes ? attributes : Map.of();
    }

    private static String text(Map<?, ?> map, String key, String otherwise) {
        Object value = map.get(key);
        return value == null || value.equals("") ? otherwise : value.toString();
    }

    private static long number(Map<?, ?> map, String key, long otherwise) {
        return map.get(key) instanceof Number number ? number.longValue() : otherwise;
    }
}
