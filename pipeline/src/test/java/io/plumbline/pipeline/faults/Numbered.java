package io.plumbline.pipeline.faults;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.plumbline.config.wire.SignalAttributes;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;

/** Kafka records with signals that have numbers. */
final class Numbered {
    /** Numbers from one cell to the next. */
    static final int CELL = 1_000_000;

    /** Counters of a cell. */
    static final int SERIES = 40;

    private static final long START_NANOS = System.currentTimeMillis() * 1_000_000;

    private Numbered() {}

    /**
     * Log records.
     *
     * @param bytes each has about so many
     * @param more attributes of each, with {@code %d} for its number
     */
    static byte[] logs(Collection<Integer> numbers, int bytes, Map<String, String> more) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int number : numbers) {
            String text = "~" + number + "~";
            LogRecord.Builder log = LogRecord.newBuilder()
                    .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                    .setSeverityNumberValue(9)
                    .setEventName("plumbline.snapshot")
                    .setBody(text(text + ".".repeat(bytes)))
                    .addAttributes(attribute(SignalAttributes.PROBE_ID, "numbered"))
                    .addAttributes(attribute(SignalAttributes.RECORD_UID, text));
            more.forEach((key, value) -> log.addAttributes(attribute(key, value.formatted(number))));
            scope.addLogRecords(log);
        }
        return LogsData.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().setResource(SHOP).addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    /** Spans, as long as a nanosecond. */
    static byte[] spans(Collection<Integer> numbers) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (int number : numbers) {
            long now = System.currentTimeMillis() * 1_000_000;
            scope.addSpans(Span.newBuilder()
                    .setTraceId(ByteString.copyFrom(ByteBuffer.allocate(16)
                            .putLong(1)
                            .putLong(number + 1L)
                            .array()))
                    .setSpanId(ByteString.copyFrom(
                            ByteBuffer.allocate(8).putLong(number + 1L).array()))
                    .setName("~" + number + "~")
                    .setStartTimeUnixNano(now)
                    .setEndTimeUnixNano(now + 1)
                    .addAttributes(attribute(SignalAttributes.PROBE_ID, "numbered")));
        }
        return TracesData.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().setResource(SHOP).addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    /**
     * Points of counters: of the numbers of a cell every {@link #SERIES}th counts in the same series, so that the value of the last one
     * stands for all of them.
     */
    static byte[] counters(Collection<Integer> numbers) {
        Sum.Builder sum = Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
        for (int number : numbers) {
            int inCell = number % CELL;
            sum.addDataPoints(NumberDataPoint.newBuilder()
                    .setStartTimeUnixNano(1)
                    .setTimeUnixNano(START_NANOS + inCell)
                    .setAsInt(inCell / SERIES + 1)
                    .addAttributes(attribute("cell", String.valueOf(number - inCell)))
                    .addAttributes(attribute("series", String.valueOf(inCell % SERIES)))
                    .addAttributes(attribute(SignalAttributes.PROBE_ID, "numbered")));
        }
        return MetricsData.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(SHOP)
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(
                                        Metric.newBuilder().setName("numbered").setSum(sum))))
                .build()
                .toByteArray();
    }

    private static final Resource SHOP = Resource.newBuilder()
            .addAttributes(attribute("service.name", "shop"))
            .build();

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
    }

    private static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }
}
