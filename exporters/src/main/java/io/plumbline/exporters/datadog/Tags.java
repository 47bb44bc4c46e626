package io.plumbline.exporters.datadog;

import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.Resource;
import io.plumbline.exporters.signal.Signal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Tags as Datadog keeps them: lower case, letters, digits and {@code _-:./}, at most 200 characters. They are written so
 * and not left to the backend, for a series is known by them.
 */
final class Tags {
    private static final int MAX_CHARS = 200;
    private static final int MAX_NAME_CHARS = 190;

    private Tags() {}

    /** Of a log: what it comes from. The service has a field of its own. */
    static List<String> of(LogSignal log, List<String> configured) {
        Set<String> tags = origin(log, configured);
        put(tags, "host", host(log.resource()));
        return List.copyOf(tags);
    }

    /**
     * Of a point: what it comes from, and its labels. The instance is among them, for two instances on one host would
     * write the same series, and of two counts in one second Datadog keeps the later.
     */
    static List<String> of(MetricSignal metric, List<String> configured) {
        Set<String> tags = origin(metric, configured);
        put(tags, "service", metric.resource().service());
        put(tags, "instance", metric.resource().instance());
        for (Map.Entry<String, Object> label : metric.attributes().entrySet()) {
            if (!label.getKey().equals(AttributeNames.PROBE_ID)) {
                put(tags, label.getKey(), label.getValue());
            }
        }
        return List.copyOf(tags);
    }

    /** The name of the host, or "". */
    static String host(Resource resource) {
        return String.valueOf(resource.attributes().getOrDefault("host.name", ""));
    }

    static String clean(String tag) {
        StringBuilder clean = new StringBuilder(tag.length());
        tag.toLowerCase(Locale.ROOT)
                .codePoints()
                .limit(MAX_CHARS)
                .map(c -> Character.isLetterOrDigit(c) || "_-:./".indexOf(c) >= 0 ? c : '_')
                .forEach(clean::appendCodePoint);
        return clean.toString();
    }

    /** A metric's name: ASCII letters, digits, underscores and periods, beginning with a letter, with room for a suffix. */
    static String metricName(String name) {
        String clean = name.replaceAll("[^A-Za-z0-9_.]", "_");
        String named = clean.matches("[A-Za-z].*") ? clean : "plumbline." + clean;
        return named.length() <= MAX_NAME_CHARS ? named : named.substring(0, MAX_NAME_CHARS);
    }

    private static Set<String> origin(Signal signal, List<String> configured) {
        Set<String> tags = new TreeSet<>(configured);
        put(tags, "env", signal.resource().environment());
        put(tags, "version", signal.resource().attributes().getOrDefault("service.version", ""));
        put(tags, "probe", signal.probeId());
        return tags;
    }

    private static void put(Set<String> tags, String key, Object value) {
        String text = String.valueOf(value);
        if (!text.isEmpty()) {
            tags.add(clean(key.replace(':', '_') + ":" + text));
        }
    }
}
