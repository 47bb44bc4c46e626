package io.plumbline.exporters.signal;

import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Reads OTLP metrics: the types that exporters are given, and refusals for all others. */
final class MetricReader {

    private static final String DELTA =
            "delta temporality is not taken; let its producer send cumulative points (OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=cumulative)";

    private final List<Signal> signals = new ArrayList<>();
    private final List<Decoded.Refusal> refused = new ArrayList<>();

    private MetricReader() {}

    static Decoded read(MetricsData data) {
        MetricReader reader = new MetricReader();
        for (ResourceMetrics metrics : data.getResourceMetricsList()) {
            Resource resource = Resource.of(AnyValues.map(metrics.getResource().getAttributesList()));
            for (ScopeMetrics scope : metrics.getScopeMetricsList()) {
                scope.getMetricsList().forEach(metric -> reader.metric(resource, metric));
            }
        }
        return new Decoded(reader.signals, reader.refused);
    }

    private void metric(Resource resource, Metric metric) {
        MetricInfo info = new MetricInfo(metric.getName(), metric.getDescription(), metric.getUnit());
        MetricPoints points = new MetricPoints(resource, info);
        switch (metric.getDataCase()) {
            case GAUGE -> each(info, metric.getGauge().getDataPointsList(), points::gauge);
            case SUM -> sum(info, metric, points);
            case HISTOGRAM -> histogram(info, metric, points);
            case EXPONENTIAL_HISTOGRAM -> exponential(info, metric, points);
            case SUMMARY ->
                refuse(
                        info,
                        "summaries are not taken; let its producer send a histogram",
                        metric.getSummary().getDataPointsCount());
            default -> refuse(info, "a metric without data", 0);
        }
    }

    private void sum(MetricInfo info, Metric metric, MetricPoints points) {
        if (!isCumulative(metric.getSum().getAggregationTemporality())) {
            refuse(info, DELTA, metric.getSum().getDataPointsCount());
        } else if (metric.getSum().getIsMonotonic()) {
            each(info, metric.getSum().getDataPointsList(), points::sum);
        } else {
            each(info, metric.getSum().getDataPointsList(), points::gauge);
        }
    }

    private void histogram(MetricInfo info, Metric metric, MetricPoints points) {
        if (!isCumulative(metric.getHistogram().getAggregationTemporality())) {
            refuse(info, DELTA, metric.getHistogram().getDataPointsCount());
        } else {
            each(info, metric.getHistogram().getDataPointsList(), points::histogram);
        }
    }

    private void exponential(MetricInfo info, Metric metric, MetricPoints points) {
        if (!isCumulative(metric.getExponentialHistogram().getAggregationTemporality())) {
            refuse(info, DELTA, metric.getExponentialHistogram().getDataPointsCount());
        } else {
            each(info, metric.getExponentialHistogram().getDataPointsList(), points::exponential);
        }
    }

    private <P> void each(MetricInfo info, List<P> points, Function<P, MetricSignal> converter) {
        for (P point : points) {
            try {
                signals.add(converter.apply(point));
            } catch (IllegalArgumentException e) {
                refuse(info, e.getMessage(), 1);
            }
        }
    }

    private void refuse(MetricInfo info, String reason, int points) {
        refused.add(new Decoded.Refusal(info.name(), reason, points));
    }

    private static boolean isCumulative(AggregationTemporality temporality) {
        return temporality == AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
    }
}
