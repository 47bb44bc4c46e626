package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.MetricSignal;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The labels of a series: the point's own attributes, and where it comes from ({@code service}, {@code instance},
 * {@code probe}). A label of the user's with one of our names gets the prefix {@code exported_}, as Prometheus itself
 * does it. Empty values are left out, for Prometheus takes them as absent.
 */
final class SeriesLabels {

    private static final Set<String> OURS = Set.of("service", "instance", "probe");
    private static final String OF_BUCKETS = "le";
    private static final Pattern OTHER_CHARACTERS = Pattern.compile("[^a-zA-Z0-9]+");

    private SeriesLabels() {}

    static Labels of(MetricSignal signal) {
        TreeMap<String, String> labels = new TreeMap<>();
        new TreeMap<>(signal.attributes()).forEach((name, value) -> {
            if (!name.equals(AttributeNames.PROBE_ID)) {
                add(labels, userName(name, FamilyKind.of(signal) == FamilyKind.HISTOGRAM), String.valueOf(value));
            }
        });
        add(labels, "service", signal.resource().service());
        add(labels, "instance", signal.resource().instance());
        add(labels, "probe", signal.probeId());
        return Labels.of(labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
    }

    /** The label of an attribute of the user's. */
    static String userName(String attribute, boolean histogram) {
        String name = labelName(attribute);
        return OURS.contains(name) || (histogram && name.equals(OF_BUCKETS)) ? "exported_" + name : name;
    }

    /** Legal and not reserved for Prometheus' own use, after the OpenTelemetry specification. */
    static String labelName(String attribute) {
        String name = OTHER_CHARACTERS.matcher(attribute).replaceAll("_");
        if (name.isEmpty()) {
            return "key";
        }
        char first = name.charAt(0);
        return first == '_' ? "key" + name : Character.isDigit(first) ? "key_" + name : name;
    }

    /** Attributes that differ only in characters that labels lack share a label; the specification joins by ";". */
    private static void add(Map<String, String> labels, String name, String value) {
        if (!value.isEmpty()) {
            labels.merge(name, value, (one, other) -> one + ";" + other);
        }
    }
}
