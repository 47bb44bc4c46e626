package io.plumbline.exporters.signal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
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
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Each signal picked alone reads as the signal it was in its record. */
final class OtlpPickerTest {
    private static final Set<Integer> ALL = Set.of(0, 1, 2, 3, 4, 5, 6, 7);

    @Test
    void logs_overResourcesAndScopes() throws Exception {
        ResourceLogs.Builder shop = ResourceLogs.newBuilder()
                .setResource(resource("shop"))
                .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log("a")).addLogRecords(log("b")))
                .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log("c")));
        LogsData data = LogsData.newBuilder()
                .addResourceLogs(shop)
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource("payments"))
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log("d"))))
                .build();

        assertEachReadsTheSame(SignalKind.LOG, data.toByteArray(), 4);
    }

    @Test
    void metrics_countOnlyWhatExportersAreGiven() throws Exception {
        Metric refused = Metric.newBuilder()
                .setName("refused")
                .setSummary(Summary.newBuilder().addDataPoints(SummaryDataPoint.newBuilder()))
                .build();
        Metric delta = metric("delta")
                .setSum(Sum.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_DELTA)
                        .addDataPoints(point(1)))
                .build();
        Metric count = metric("count")
                .setSum(Sum.newBuilder()
                        .setIsMonotonic(true)
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(point(1))
                        .addDataPoints(NumberDataPoint.newBuilder().setTimeUnixNano(5))
                        .addDataPoints(point(2)))
                .build();
        Metric gauge = metric("gauge")
                .setGauge(Gauge.newBuilder().addDataPoints(point(7)))
                .build();
        ScopeMetrics.Builder scope = ScopeMetrics.newBuilder();
        List.of(refused, delta, count, histogram(), exponential(), gauge).forEach(scope::addMetrics);
        byte[] bytes = MetricsData.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource("shop"))
                        .addScopeMetrics(scope))
                .build()
                .toByteArray();

        assertEachReadsTheSame(SignalKind.METRIC, bytes, 5);
    }

    @Test
    void spans_keepTheirScope_andWhatIsNotRead() throws Exception {
        Span first = span("first").setTraceState("kept=yes").build();
        byte[] bytes = TracesData.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource("shop"))
                        .setSchemaUrl("schema")
                        .addScopeSpans(ScopeSpans.newBuilder()
                                .setScope(InstrumentationScope.newBuilder().setName("tracer"))
                                .addSpans(first)
                                .addSpans(span("second"))))
                .build()
                .toByteArray();

        Map<Integer, byte[]> picked = OtlpPicker.pick(SignalKind.SPAN, bytes, ALL);

        assertThat(picked).containsOnlyKeys(0, 1);
        ResourceSpans alone = TracesData.parseFrom(picked.get(0)).getResourceSpans(0);
        assertThat(alone.getSchemaUrl()).isEqualTo("schema");
        assertThat(alone.getScopeSpans(0).getScope().getName()).isEqualTo("tracer");
        assertThat(alone.getScopeSpans(0).getSpansList()).containsExactly(first);
        assertThat(OtlpDecoder.decode(SignalKind.SPAN, picked.get(1)).signals().get(0))
                .extracting(span -> ((SpanSignal) span).name())
                .isEqualTo("second");
    }

    @Test
    void onlyWhatIsWanted_andNothingOfNonsense() throws Exception {
        byte[] bytes = LogsData.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .addScopeLogs(
                                ScopeLogs.newBuilder().addLogRecords(log("a")).addLogRecords(log("b"))))
                .build()
                .toByteArray();

        assertThat(OtlpPicker.pick(SignalKind.LOG, bytes, Set.of(1, 9))).containsOnlyKeys(1);
        assertThatThrownBy(() -> OtlpPicker.pick(SignalKind.LOG, new byte[] {1, 2, 3}, ALL))
                .isInstanceOf(MalformedRecordException.class);
    }

    private static void assertEachReadsTheSame(SignalKind kind, byte[] bytes, int signals) throws Exception {
        List<Signal> whole = OtlpDecoder.decode(kind, bytes).signals();
        Map<Integer, byte[]> picked = OtlpPicker.pick(kind, bytes, ALL);

        assertThat(whole).hasSize(signals);
        assertThat(picked).hasSize(signals);
        for (int i = 0; i < signals; i++) {
            assertThat(OtlpDecoder.decode(kind, picked.get(i)).signals()).containsExactly(whole.get(i));
        }
    }

    private static io.opentelemetry.proto.resource.v1.Resource resource(String service) {
        return io.opentelemetry.proto.resource.v1.Resource.newBuilder()
                .addAttributes(KeyValue.newBuilder()
                        .setKey("service.name")
                        .setValue(AnyValue.newBuilder().setStringValue(service)))
                .build();
    }

    private static LogRecord log(String body) {
        return LogRecord.newBuilder()
                .setTimeUnixNano(5)
                .setBody(AnyValue.newBuilder().setStringValue(body))
                .build();
    }

    private static Metric.Builder metric(String name) {
        return Metric.newBuilder().setName(name).setUnit("ms").setDescription("of a test");
    }

    private static Metric exponential() {
        return metric("exponential")
                .setExponentialHistogram(ExponentialHistogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(ExponentialHistogramDataPoint.newBuilder()
                                .setScale(2)
                                .setZeroCount(1))
                        .addDataPoints(
                                ExponentialHistogramDataPoint.newBuilder().setZeroThreshold(-1)))
                .build();
    }

    private static Metric histogram() {
        return metric("histogram")
                .setHistogram(Histogram.newBuilder()
                        .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                        .addDataPoints(HistogramDataPoint.newBuilder()
                                .setCount(3)
                                .setSum(6)
                                .addExplicitBounds(1)
                                .addBucketCounts(1)
                                .addBucketCounts(2)))
                .build();
    }

    private static NumberDataPoint point(long value) {
        return NumberDataPoint.newBuilder().setTimeUnixNano(5).setAsInt(value).build();
    }

    private static Span.Builder span(String name) {
        return Span.newBuilder()
                .setName(name)
                .setTraceId(ByteString.copyFrom(new byte[16]))
                .setSpanId(ByteString.copyFrom(new byte[8]));
    }
}
