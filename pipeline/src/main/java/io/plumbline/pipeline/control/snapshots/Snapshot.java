package io.plumbline.pipeline.control.snapshots;

import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A snapshot, or an exception with its variables, as far as it is compared.
 *
 * @param uid the record's own
 * @param millis when
 * @param stack the frames, a line each, without what differs from hit to hit; empty for none
 * @param values variables by name
 */
record Snapshot(String uid, long millis, String service, String instance, String stack, Map<String, Object> values) {
    private static final Set<String> EVENTS = Set.of(SignalAttributes.EVENT_SNAPSHOT, SignalAttributes.EVENT_EXCEPTION);
    private static final String CAUSE = "Caused by: ";

    static boolean isOne(Signal signal) {
        return signal instanceof LogSignal log && EVENTS.contains(log.eventName());
    }

    /** Reads a signal's form. */
    static Snapshot of(Map<String, Object> form) {
        Map<String, Object> values = new LinkedHashMap<>();
        if (form.get("values") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> values.put(name.toString(), value));
        }
        return new Snapshot(
                text(form, "uid"),
                form.get("time") instanceof Number millis ? millis.longValue() : 0,
                text(form, "service"),
                text(form, "instance"),
                form.containsKey("stack") ? text(form, "stack") : frames(text(form, "exception")),
                values);
    }

    /** An exception's trace without its messages, in which values stand. */
    private static String frames(String trace) {
        return trace.lines()
                .map(String::strip)
                .map(line -> line.startsWith("at ") || line.startsWith("...") ? line : type(line))
                .collect(Collectors.joining("\n"));
    }

    private static String type(String line) {
        int colon = line.indexOf(": ", line.startsWith(CAUSE) ? CAUSE.length() : 0);
        return colon < 0 ? line : line.substring(0, colon);
    }

    private static String text(Map<String, Object> form, String key) {
        Object value = form.get(key);
        return value == null ? "" : value.toString();
    }
}
