package io.plumbline.pipeline.control.meters;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.function.DoubleBinaryOperator;

/** One family of values as they are now, made anew for each scrape. Not thread-safe. */
final class Gauges {
    private final String name;
    private final String help;
    private final Map<Labels, Double> series = new HashMap<>();

    Gauges(String name, String help) {
        this.name = name;
        this.help = help;
    }

    /** Adds to what is there under these labels, given as name and value in turn. */
    void add(double value, String... labels) {
        merge(value, Double::sum, labels);
    }

    /** Keeps the larger. */
    void max(double value, String... labels) {
        merge(value, Math::max, labels);
    }

    private void merge(double value, DoubleBinaryOperator both, String... labels) {
        series.merge(Families.bounded(series, Labels.of(labels)), value, both::applyAsDouble);
    }

    void clear() {
        series.clear();
    }

    GaugeSnapshot snapshot() {
        GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
        series.forEach((labels, value) -> family.dataPoint(
                GaugeDataPointSnapshot.builder().labels(labels).value(value).build()));
        return family.build();
    }
}
