package io.plumbline.pipeline.control.meters;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Map;

/** What families have in common. */
final class Families {
    /** More series of one family share one, as agents write causes and services, and nobody shall fill Prometheus by them. */
    static final int MOST = 20_000;

    static final String OTHERS = "(others)";

    private Families() {}

    /** The series that a set of labels counts in. */
    static Labels bounded(Map<Labels, ?> series, Labels labels) {
        if (series.size() < MOST || series.containsKey(labels)) {
            return labels;
        }
        Labels.Builder others = Labels.builder();
        labels.forEach(label -> others.label(label.getName(), OTHERS));
        return others.build();
    }

    static void add(MetricSnapshots.Builder all, Gauges... families) {
        for (Gauges family : families) {
            all.metricSnapshot(family.snapshot());
        }
    }

    static void add(MetricSnapshots.Builder all, Counters... families) {
        for (Counters family : families) {
            all.metricSnapshot(family.snapshot());
        }
    }
}
