package io.plumbline.pipeline.stream;

import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.settings.Settings;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.SettingsException;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one instance is not to see, beyond what the agents keep to themselves: settings {@code NAME.redaction.names}, {@code
 * .reveal-names} and {@code .patterns}, which mean what the agent's of these names do. Values by name, at any depth, and
 * secrets in texts read {@code ***}.
 *
 * <p>The bargain: a hidden value is also taken out of the body of its log record, wherever its text stands there, which
 * may be one place too many. A metric's point with a label to be hidden is passed over, for series that fall together
 * would be wrong. What names the program (the resource) stays.
 *
 * <p>Threads: the worker's.
 */
final class SignalRedaction {
    private static final String AGENTS = "plumbline.redaction.";
    private static final String OWN = "plumbline.";
    private static final List<String> KEYS = List.of("names", "reveal-names", "patterns");

    /** Told by us, not by programs: hosts and backends go by them. */
    private static final Set<String> IDS =
            Set.of(SignalAttributes.PROBE_ID, SignalAttributes.RECORD_UID, SignalAttributes.DOCUMENT_ID);

    private final Redaction redaction;

    private SignalRedaction(Redaction redaction) {
        this.redaction = redaction;
    }

    /**
     * Reads an instance's settings; empty where it has none.
     *
     * @throws SettingsException for a value that does not fit
     */
    static Optional<SignalRedaction> of(ExporterSettings settings) {
        Map<String, String> given = new HashMap<>();
        for (String key : KEYS) {
            settings.text("redaction." + key).ifPresent(value -> given.put(AGENTS + key, value));
        }
        if (given.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new SignalRedaction(Redaction.of(Settings.of(given))));
        } catch (IllegalArgumentException e) {
            throw new SettingsException(e.getMessage().replace(AGENTS, settings.fullKey("redaction.")), e);
        }
    }

    /** The signal as the instance may see it; empty if it may not. */
    Optional<Signal> redact(Signal signal) {
        if (signal instanceof LogSignal log) {
            return Optional.of(log(log));
        }
        if (signal instanceof MetricSignal && !attributes(signal.attributes()).equals(signal.attributes())) {
            return Optional.empty();
        }
        return Optional.of(signal.mapAttributes(this::attributes));
    }

    private LogSignal log(LogSignal log) {
        Set<String> hidden = new TreeSet<>(
                Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder()));
        Map<String, Object> attributes = attributes(log.attributes(), hidden);
        Object body = value(log.body(), hidden);
        if (body instanceof String text) {
            for (String value : hidden) {
                text = text.replace(value, Redaction.HIDDEN);
            }
            body = text;
        }
        return new LogSignal(
                log.resource(),
                log.timeUnixNano(),
                log.observedTimeUnixNano(),
                log.severityNumber(),
                log.severityText(),
                body,
                attributes,
                log.traceId(),
                log.spanId(),
                log.eventName(),
                log.wireBytes());
    }

    private Map<String, Object> attributes(Map<String, Object> attributes) {
        return attributes(attributes, new TreeSet<>());
    }

    private Map<String, Object> attributes(Map<String, Object> attributes, Set<String> hidden) {
        Map<String, Object> redacted = new LinkedHashMap<>(attributes.size() * 2);
        attributes.forEach((name, value) -> {
            if (IDS.contains(name)) {
                redacted.put(name, value);
            } else {
                redacted.put(name, name.startsWith(OWN) ? value(value, hidden) : named(name, value, hidden));
            }
        });
        return redacted;
    }

    /** @param hidden takes the texts of what is hidden by its name */
    private Object named(String name, Object value, Set<String> hidden) {
        if (value == null || !redaction.hidesName(name)) {
            return value(value, hidden);
        }
        leaves(value, hidden);
        return Redaction.HIDDEN;
    }

    private Object value(Object value, Set<String> hidden) {
        if (value instanceof String text) {
            return redaction.clean(text);
        }
        if (value instanceof List<?> list) {
            List<Object> redacted = new ArrayList<>(list.size());
            list.forEach(item -> redacted.add(value(item, hidden)));
            return redacted;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> redacted = new LinkedHashMap<>(map.size() * 2);
            map.forEach(
                    (key, item) -> redacted.put(redaction.clean(key.toString()), named(key.toString(), item, hidden)));
            return redacted;
        }
        return value;
    }

    private static void leaves(Object value, Set<String> leaves) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(item -> leaves(item, leaves));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> leaves(item, leaves));
        } else if (value != null && !value.toString().isEmpty() && !value.equals(Redaction.HIDDEN)) {
            leaves.add(value.toString());
        }
    }
}
