package io.plumbline.exporters.signal;

import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE;
import static io.opentelemetry.proto.metrics.v1.AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint.Buckets;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.metrics.v1.Summary;
import io.opentelemetry.proto.metrics.v1.SummaryDataPoint;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricReaderTest {

    @Test
    void decode_cumulativeMonotonicSum_isCounter() throws MalformedRecordException {
        NumberDataPoint point = NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(1)
                .setTimeUnixNano(2)
                .setAsInt(7)
                .build();

        SumSignal sum = (SumSignal) only(decode(metric().setSum(sum(true).addDataPoints(point))));

        assertThat(sum.value()).isEqualTo(7.0);
        assertThat(sum.startTimeUnixNano()).isEqualTo(1);
        assertThat(sum.timeUnixNano()).isEqualTo(2);
        assertThat(sum.metric()).isEqualTo(new MetricInfo("m", "what it is", "ms"));
    }

    @Test
    void decode_sumThatMayFall_isGauge() throws MalformedRecordException {
        NumberDataPoint point = NumberDataPoint.newBuilder().setAsDouble(-1.5).build();

        Signal signal = only(decode(metric().setSum(sum(false).addDataPoints(point))));

        assertThat(signal)
                .isInstanceOfSatisfying(
                        GaugeSignal.class, it -> assertThat(it.value()).isEqualTo(-1.5));
    }

    @Test
    void decode_histogram_keepsBucketsAndExemplars() throws MalformedRecordException {
        HistogramDataPoint point = HistogramDataPoint.newBuilder()
                .addAllExplicitBounds(List.of(1.0, 2.0))
                .addAllBucketCounts(List.of(3L, 4L, 5L))
                .setCount(12)
                .setSum(20)
                .addExemplars(io.opentelemetry.proto.metrics.v1.Exemplar.newBuilder()
                        .setAsDouble(1.5)
                        .setTraceId(ByteString.copyFrom(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2})))
                .build();

        HistogramSignal histogram =
                (HistogramSignal) only(decode(metric().setHistogram(cumulative().addDataPoints(point))));

        assertThat(histogram.count()).isEqualTo(12);
        assertThat(histogram.bounds()).containsExactly(1.0, 2.0);
        assertThat(histogram.exemplars())
                .singleElement()
                .satisfies(it -> assertThat(it.traceId()).isEqualTo("01000000000000000000000000000002"));
    }

    @Test
    void decode_histogramWithoutBuckets_isOneBucket() throws MalformedRecordException {
        HistogramDataPoint point = HistogramDataPoint.newBuilder().setCount(12).build();

        HistogramSignal histogram =
                (HistogramSignal) only(decode(metric().setHistogram(cumulative().addDataPoints(point))));

        assertThat(histogram.bucketCounts()).containsExactly(12L);
        assertThat(histogram.sum()).isNaN();
    }

    @Test
    void decode_histogramWithBucketMissing_isRefused() throws MalformedRecordException {
        HistogramDataPoint point = HistogramDataPoint.newBuilder()
                .addExplicitBounds(1)
                .addBucketCounts(1)
                .build();

        refused(decode(metric().setHistogram(cumulative().addDataPoints(point))), 1, "must have 2 buckets: 1");
    }

    @Test
    void decode_delta_isRefusedWithRemedy() throws MalformedRecordException {
        Sum delta = Sum.newBuilder()
                .setAggregationTemporality(AGGREGATION_TEMPORALITY_DELTA)
                .addDataPoints(NumberDataPoint.newBuilder().setAsInt(1))
                .addDataPoints(NumberDataPoint.newBuilder().setAsInt(2))
                .build();

        refused(decode(metric().setSum(delta)), 2, "let its producer send cumulative points");
    }

    @Test
    void decode_summary_isRefused() throws MalformedRecordException {
        Summary summary = Summary.newBuilder()
                .addDataPoints(SummaryDataPoint.getDefaultInstance())
                .build();

        refused(decode(metric().setSummary(summary)), 1, "summaries are not taken");
    }

    @Test
    void decode_exponentialHistogram_keepsItsBuckets() throws MalformedRecordException {
        ExponentialHistogramDataPoint point = ExponentialHistogramDataPoint.newBuilder()
                .setStartTimeUnixNano(7)
                .setScale(3)
                .setCount(10)
                .setSum(20)
                .setZeroCount(1)
                .setZeroThreshold(0.5)
                .setPositive(Buckets.newBuilder().setOffset(-2).addAllBucketCounts(List.of(3L, 0L, 4L)))
                .setNegative(Buckets.newBuilder().setOffset(5).addBucketCounts(2))
                .build();

        ExponentialHistogramSignal histogram = (ExponentialHistogramSignal)
                only(decode(metric().setExponentialHistogram(exponential(AGGREGATION_TEMPORALITY_CUMULATIVE, point))));

        assertThat(histogram.scale()).isEqualTo(3);
        assertThat(histogram.positive()).isEqualTo(new ExponentialHistogramSignal.Buckets(-2, List.of(3L, 0L, 4L)));
        assertThat(histogram.negative()).isEqualTo(new ExponentialHistogramSignal.Buckets(5, List.of(2L)));
        assertThat(histogram.zeroThreshold()).isEqualTo(0.5);
        assertThat(histogram.count()).isEqualTo(10);
        assertThat(histogram.sum()).isEqualTo(20);
        assertThat(histogram.startTimeUnixNano()).isEqualTo(7);
    }

    @Test
    void decode_exponentialHistogramDelta_isRefused() throws MalformedRecordException {
        ExponentialHistogramDataPoint point = ExponentialHistogramDataPoint.getDefaultInstance();

        refused(
                decode(metric().setExponentialHistogram(exponential(AGGREGATION_TEMPORALITY_DELTA, point))),
                1,
                "let its producer send cumulative points");
    }

    @Test
    void decode_exponentialHistogramWithNonsense_isRefused() throws MalformedRecordException {
        ExponentialHistogramDataPoint point =
                ExponentialHistogramDataPoint.newBuilder().setZeroThreshold(-1).build();

        refused(
                decode(metric().setExponentialHistogram(exponential(AGGREGATION_TEMPORALITY_CUMULATIVE, point))),
                1,
                "zeroThreshold must be >= 0: -1.0");
    }

    @Test
    void decode_pointWithoutValue_isRefusedAndTheOthersKept() throws MalformedRecordException {
        Decoded decoded = decode(metric().setGauge(Gauge.newBuilder()
                .addDataPoints(NumberDataPoint.newBuilder().setFlags(1).setAsInt(1))
                .addDataPoints(NumberDataPoint.getDefaultInstance())
                .addDataPoints(NumberDataPoint.newBuilder().setAsInt(3))));

        assertThat(decoded.signals()).hasSize(1);
        assertThat(decoded.refused())
                .extracting(Decoded.Refusal::reason)
                .containsExactly("a point that only says its series has ended", "a point without a value");
    }

    private static void refused(Decoded decoded, int points, String reason) {
        assertThat(decoded.signals()).isEmpty();
        assertThat(decoded.refused()).singleElement().satisfies(refusal -> {
            assertThat(refusal.name()).isEqualTo("m");
            assertThat(refusal.points()).isEqualTo(points);
            assertThat(refusal.reason()).contains(reason);
        });
    }

    private static Signal only(Decoded decoded) {
        assertThat(decoded.refused()).isEmpty();
        assertThat(decoded.signals()).hasSize(1);
        return decoded.signals().get(0);
    }

    private static Metric.Builder metric() {
        return Metric.newBuilder().setName("m").setDescription("what it is").setUnit("ms");
    }

    private static Sum.Builder sum(boolean monotonic) {
        return Sum.newBuilder()
                .setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE)
                .setIsMonotonic(monotonic);
    }

    private static ExponentialHistogram exponential(
            AggregationTemporality temporality, ExponentialHistogramDataPoint point) {
        return ExponentialHistogram.newBuilder()
                .setAggregationTemporality(temporality)
                .addDataPoints(point)
                .build();
    }

    private static Histogram.Builder cumulative() {
        return Histogram.newBuilder().setAggregationTemporality(AGGREGATION_TEMPORALITY_CUMULATIVE);
    }

    private static Decoded decode(Metric.Builder metric) throws MalformedRecordException {
        MetricsData data = MetricsData.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .addScopeMetrics(ScopeMetrics.newBuilder().addMetrics(metric)))
                .build();
        return OtlpDecoder.decode(SignalKind.METRIC, data.toByteArray());
    }
}
