package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Action;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What all series of one name have in common in Prometheus, and which names they take.
 *
 * @param name as the user wrote it
 * @param kind {@code count}, {@code gauge} or {@code histogram}
 * @param bounds of a histogram's buckets; empty for others
 */
record MetricShape(String name, String kind, String unit, Set<String> labels, List<Double> bounds) {

    static MetricShape of(Action.Metric metric) {
        List<Double> bounds = metric instanceof Action.Histogram histogram ? histogram.bounds() : List.of();
        return new MetricShape(
                metric.name(),
                metric.kind(),
                metric.unit(),
                new TreeSet<>(metric.labels().keySet()),
                bounds);
    }

    /** Every name that appears in a scrape. */
    Set<String> takenNames() {
        String family = family();
        return switch (kind) {
            case "count" -> Set.of(family, family + "_total", family + "_created");
            case "histogram" ->
                Set.of(family, family + "_bucket", family + "_count", family + "_sum", family + "_created");
            default -> Set.of(family);
        };
    }

    /** Other characters become underscores, as Prometheus has it; a counter's {@code _total} is no part of it. */
    String family() {
        String clean = name.replaceAll("[^a-zA-Z0-9]+", "_").replaceAll("^_|_$", "");
        boolean total = kind.equals("count") && clean.endsWith("_total");
        return total ? clean.substring(0, clean.length() - "_total".length()) : clean;
    }

    /** In what two shapes of the same family differ, in words; empty when they fit together. */
    String differenceTo(MetricShape other) {
        if (!kind.equals(other.kind)) {
            return "is a " + other.kind + " there and a " + kind + " here";
        }
        if (!unit.equals(other.unit)) {
            return "has " + unitWords(other.unit) + " there and " + unitWords(unit) + " here";
        }
        if (!labels.equals(other.labels)) {
            return "has the labels " + other.labels + " there and " + labels + " here";
        }
        if (!bounds.equals(other.bounds)) {
            return "has the buckets " + other.bounds + " there and " + bounds + " here";
        }
        return name.equals(other.name) ? "" : "is written '" + other.name + "' there";
    }

    private static String unitWords(String unit) {
        return unit.isEmpty() ? "no unit" : "the unit '" + unit + "'";
    }
}
