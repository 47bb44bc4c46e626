package io.plumbline.pipeline.pairing;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Exemplar;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.plumbline.config.pairing.PairingIds;
import java.util.HexFormat;
import java.util.Map;

/**
 * The tally's series as OTLP.
 *
 * @param startNanos since when counters count
 * @param now of the points
 */
record MetricForm(long startNanos, long now) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Of hits, cumulative. */
    Metric counter(String name, String description, Map<Map<String, String>, Long> series) {
        Sum.Builder sum = Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        series.forEach((labels, value) ->
                sum.addDataPoints(point(labels).setStartTimeUnixNano(startNanos).setAsInt(value)));
        return metric(name, "{hit}", description).setSum(sum).build();
    }

    Metric gauge(String name, String unit, String description, Map<Map<String, String>, Double> series) {
        Gauge.Builder gauge = Gauge.newBuilder();
        series.forEach((labels, value) -> gauge.addDataPoints(point(labels).setAsDouble(value)));
        return metric(name, unit, description).setGauge(gauge).build();
    }

    /** The span that a duration is of. */
    static Exemplar exemplar(Closed pair) {
        return Exemplar.newBuilder()
                .setAsDouble(pair.latency().nanos() / NANOS_PER_SECOND)
                .setTimeUnixNano(pair.pairing().from().epochNanos())
                .setTraceId(id(PairingIds.traceId(pair.probe(), pair.pairing())))
                .setSpanId(id(PairingIds.spanId(pair.probe(), pair.pairing())))
                .build();
    }

    private NumberDataPoint.Builder point(Map<String, String> labels) {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder().setTimeUnixNano(now);
        labels.forEach((key, label) -> point.addAttributes(Otlp.attribute(key, label)));
        return point;
    }

    private static Metric.Builder metric(String name, String unit, String description) {
        return Metric.newBuilder().setName(name).setUnit(unit).setDescription(description);
    }

    private static ByteString id(String hex) {
        return ByteString.copyFrom(HexFormat.of().parseHex(hex));
    }
}
