package io.plumbline.exporters.signal;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Writes metric points as OTLP: what {@link MetricReader} reads as the same. One call, one instance. */
final class MetricWriter {

    private static final AggregationTemporality CUMULATIVE = AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;

    private final ExportMetricsServiceRequest.Builder request = ExportMetricsServiceRequest.newBuilder();
    /** Where the last point went. */
    private ScopeMetrics.Builder scope;

    private Metric.Builder metric;
    /** The last point, or null. */
    private MetricSignal before;

    private MetricWriter() {}

    static ExportMetricsServiceRequest write(
            List<MetricSignal> metrics, Function<MetricSignal, ? extends Map<String, ?>> attributes) {
        MetricWriter writer = new MetricWriter();
        for (MetricSignal point : metrics) {
            writer.find(point);
            writer.add(point, AnyValues.pairs(attributes.apply(point)));
            writer.before = point;
        }
        return writer.request.build();
    }

    /** The metric that the point belongs to: the last one, or a new one. */
    private void find(MetricSignal point) {
        boolean sameResource = before != null && before.resource().equals(point.resource());
        if (!sameResource) {
            var resource = request.addResourceMetricsBuilder();
            resource.getResourceBuilder()
                    .addAllAttributes(AnyValues.pairs(point.resource().attributes()));
            scope = resource.addScopeMetricsBuilder();
        }
        if (!sameResource
                || !before.metric().equals(point.metric())
                || !before.getClass().equals(point.getClass())) {
            MetricInfo info = point.metric();
            metric = scope.addMetricsBuilder()
                    .setName(info.name())
                    .setDescription(info.description())
                    .setUnit(info.unit());
        }
    }

    private void add(MetricSignal point, List<KeyValue> attributes) {
        if (point instanceof SumSignal sum) {
            metric.getSumBuilder()
                    .setIsMonotonic(true)
                    .setAggregationTemporality(CUMULATIVE)
                    .addDataPoints(number(sum, sum.value(), attributes));
        } else if (point instanceof GaugeSignal gauge) {
            metric.getGaugeBuilder().addDataPoints(number(gauge, gauge.value(), attributes));
        } else if (point instanceof HistogramSignal histogram) {
            metric.getHistogramBuilder()
                    .setAggregationTemporality(CUMULATIVE)
                    .addDataPoints(histogram(histogram, attributes));
        } else if (point instanceof ExponentialHistogramSignal histogram) {
            metric.getExponentialHistogramBuilder()
                    .setAggregationTemporality(CUMULATIVE)
                    .addDataPoints(exponential(histogram, attributes));
        }
    }

    private static NumberDataPoint number(MetricSignal point, double value, List<KeyValue> attributes) {
        return NumberDataPoint.newBuilder()
                .addAllAttributes(attributes)
                .setStartTimeUnixNano(point.startTimeUnixNano())
                .setTimeUnixNano(point.timeUnixNano())
                .setAsDouble(value)
                .addAllExemplars(exemplars(point))
                .build();
    }

    private static HistogramDataPoint histogram(HistogramSignal point, List<KeyValue> attributes) {
        HistogramDataPoint.Builder written = HistogramDataPoint.newBuilder()
                .addAllAttributes(attributes)
                .setStartTimeUnixNano(point.startTimeUnixNano())
                .setTimeUnixNano(point.timeUnixNano())
                .setCount(point.count())
                .addAllExplicitBounds(point.bounds())
                .addAllBucketCounts(point.bucketCounts())
                .addAllExemplars(exemplars(point));
        if (!Double.isNaN(point.sum())) {
            written.setSum(point.sum());
        }
        return written.build();
    }

    private static ExponentialHistogramDataPoint exponential(
            ExponentialHistogramSignal point, List<KeyValue> attributes) {
        ExponentialHistogramDataPoint.Builder written = ExponentialHistogramDataPoint.newBuilder()
                .addAllAttributes(attributes)
                .setStartTimeUnixNano(point.startTimeUnixNano())
                .setTimeUnixNano(point.timeUnixNano())
                .setCount(point.count())
                .setScale(point.scale())
                .setZeroCount(point.zeroCount())
                .setZeroThreshold(point.zeroThreshold())
                .setPositive(buckets(point.positive()))
                .setNegative(buckets(point.negative()))
                .addAllExemplars(exemplars(point));
        if (!Double.isNaN(point.sum())) {
            written.setSum(point.sum());
        }
        return written.build();
    }

    private static ExponentialHistogramDataPoint.Buckets buckets(ExponentialHistogramSignal.Buckets buckets) {
        return ExponentialHistogramDataPoint.Buckets.newBuilder()
                .setOffset(buckets.offset())
                .addAllBucketCounts(buckets.counts())
                .build();
    }

    private static List<io.opentelemetry.proto.metrics.v1.Exemplar> exemplars(MetricSignal point) {
        return point.exemplars().stream()
                .map(exemplar -> io.opentelemetry.proto.metrics.v1.Exemplar.newBuilder()
                        .setAsDouble(exemplar.value())
                        .setTimeUnixNano(exemplar.timeUnixNano())
                        .addAllFilteredAttributes(AnyValues.pairs(exemplar.attributes()))
                        .setTraceId(bytes(exemplar.traceId()))
                        .setSpanId(bytes(exemplar.spanId()))
                        .build())
                .toList();
    }

    private static ByteString bytes(String hexId) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hexId));
    }
}
