package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.signal.Exemplar;
import io.plumbline.exporters.signal.ExponentialHistogramSignal;
import io.plumbline.exporters.signal.GaugeSignal;
import io.plumbline.exporters.signal.HistogramSignal;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.SumSignal;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Turns our points into those of the Prometheus library. Done when a point arrives, so that the library's own checks
 * reject the point and not, later, the scrape.
 */
final class Points {

    /** OpenMetrics: names and values of an exemplar's labels together. */
    private static final int EXEMPLAR_LABEL_CHARS = 128;

    private Points() {}

    /** Throws {@link IllegalArgumentException} if the library refuses the point. */
    static DataPointSnapshot of(MetricSignal signal, Labels labels) {
        if (signal instanceof SumSignal sum) {
            return counter(sum, labels);
        }
        if (signal instanceof GaugeSignal gauge) {
            return new GaugeDataPointSnapshot(gauge.value(), labels, null);
        }
        if (signal instanceof ExponentialHistogramSignal histogram) {
            return exponential(histogram, labels);
        }
        return histogram((HistogramSignal) signal, labels);
    }

    private static DataPointSnapshot counter(SumSignal sum, Labels labels) {
        if (!(sum.value() >= 0)) {
            throw new IllegalArgumentException("a counter must be >= 0: " + sum.value());
        }
        List<io.prometheus.metrics.model.snapshots.Exemplar> exemplars = exemplars(sum.exemplars());
        io.prometheus.metrics.model.snapshots.Exemplar latest =
                exemplars.isEmpty() ? null : exemplars.get(exemplars.size() - 1);
        return new CounterDataPointSnapshot(sum.value(), labels, latest, millis(sum.startTimeUnixNano()));
    }

    private static DataPointSnapshot histogram(HistogramSignal histogram, Labels labels) {
        List<Double> bounds = new ArrayList<>(histogram.bounds());
        bounds.add(Double.POSITIVE_INFINITY);
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(bounds, histogram.bucketCounts()),
                histogram.sum(),
                labels,
                Exemplars.of(exemplars(histogram.exemplars())),
                millis(histogram.startTimeUnixNano()));
    }

    private static DataPointSnapshot exponential(ExponentialHistogramSignal histogram, Labels labels) {
        int schema = NativeBuckets.schema(histogram.scale());
        return new HistogramDataPointSnapshot(
                schema,
                histogram.zeroCount(),
                NativeBuckets.zeroThreshold(histogram.zeroThreshold()),
                NativeBuckets.of(histogram.positive(), histogram.scale() - schema),
                NativeBuckets.of(histogram.negative(), histogram.scale() - schema),
                histogram.sum(),
                labels,
                Exemplars.of(exemplars(histogram.exemplars())),
                millis(histogram.startTimeUnixNano()));
    }

    /** Those with a trace, oldest first: without one an exemplar leads nowhere. */
    private static List<io.prometheus.metrics.model.snapshots.Exemplar> exemplars(List<Exemplar> exemplars) {
        return exemplars.stream()
                .filter(exemplar -> !exemplar.traceId().isEmpty())
                .sorted((a, b) -> Long.compare(a.timeUnixNano(), b.timeUnixNano()))
                .map(exemplar -> new io.prometheus.metrics.model.snapshots.Exemplar(
                        exemplar.value(), exemplarLabels(exemplar), millis(exemplar.timeUnixNano())))
                .toList();
    }

    private static Labels exemplarLabels(Exemplar exemplar) {
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put("trace_id", exemplar.traceId());
        if (!exemplar.spanId().isEmpty()) {
            labels.put("span_id", exemplar.spanId());
        }
        new TreeMap<>(exemplar.attributes()).forEach((name, value) -> {
            labels.putIfAbsent(SeriesLabels.labelName(name), String.valueOf(value));
            if (chars(labels) > EXEMPLAR_LABEL_CHARS) {
                labels.remove(SeriesLabels.labelName(name));
            }
        });
        return Labels.of(labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
    }

    private static int chars(Map<String, String> labels) {
        return labels.entrySet().stream()
                .mapToInt(entry -> entry.getKey().length()
                        + entry.getValue().codePointCount(0, entry.getValue().length()))
                .sum();
    }

    private static long millis(long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}
