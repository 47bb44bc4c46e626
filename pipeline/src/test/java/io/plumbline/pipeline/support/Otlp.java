package io.plumbline.pipeline.support;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.common.v1.KeyValueList;
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
import java.util.Locale;
import java.util.Map;

/** OTLP records as agents send them. */
public final class Otlp {
    private Otlp() {}

    /** One Kafka record's value with a log record for each body. */
    public static byte[] logs(String service, String probe, String... bodies) {
        return logs(Map.of(), service, probe, bodies);
    }

    /** @param further attributes of each record */
    public static byte[] logs(Map<String, String> further, String service, String probe, String... bodies) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (String body : bodies) {
            LogRecord.Builder log = LogRecord.newBuilder()
                    .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                    .setSeverityNumberValue(9)
                    .setSeverityText("INFO")
                    .setBody(AnyValue.newBuilder().setStringValue(body))
                    .addAttributes(attribute(SignalAttributes.PROBE_ID, probe))
                    .addAttributes(attribute("code.file.path", "shop/OrderService.java"))
                    .addAttributes(attribute("code.line.number", "42"))
                    .addAttributes(attribute(SignalAttributes.RECORD_UID, body));
            further.forEach((key, value) -> log.addAttributes(attribute(key, value)));
            scope.addLogRecords(log);
        }
        return LogsData.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder().setResource(resource(service)).addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    /** A counter's point. */
    public static byte[] count(String service, String probe, String name, long value) {
        return count(Map.of(), service, probe, name, value);
    }

    /** @param further attributes of the point */
    public static byte[] count(Map<String, String> further, String service, String probe, String name, long value) {
        NumberDataPoint.Builder point = NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(1)
                .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                .setAsInt(value)
                .addAttributes(attribute(SignalAttributes.PROBE_ID, probe))
                .addAttributes(attribute("tier", "gold"));
        further.forEach((key, each) -> point.addAttributes(attribute(key, each)));
        Sum sum = Sum.newBuilder()
                .setIsMonotonic(true)
                .setAggregationTemporality(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE)
                .addDataPoints(point)
                .build();
        return MetricsData.newBuilder()
                .addResourceMetrics(ResourceMetrics.newBuilder()
                        .setResource(resource(service))
                        .addScopeMetrics(ScopeMetrics.newBuilder()
                                .addMetrics(Metric.newBuilder().setName(name).setSum(sum))))
                .build()
                .toByteArray();
    }

    /** A span of one second. */
    public static byte[] span(Map<String, String> attributes, String service, String name) {
        long now = System.currentTimeMillis() * 1_000_000;
        Span.Builder span = Span.newBuilder()
                .setName(name)
                .setTraceId(ByteString.copyFromUtf8("0123456789abcdef"))
                .setSpanId(ByteString.copyFromUtf8("01234567"))
                .setStartTimeUnixNano(now - 1_000_000_000)
                .setEndTimeUnixNano(now);
        attributes.forEach((key, value) -> span.addAttributes(attribute(key, value)));
        return TracesData.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource(service))
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build()
                .toByteArray();
    }

    /** A span between two points of a probe, whose trace's id is made of a number. */
    public static byte[] pair(
            Map<String, ?> attributes,
            String service,
            String from,
            String to,
            long trace,
            long startNanos,
            long nanos) {
        Span.Builder span = Span.newBuilder()
                .setName(from + "→" + to)
                .setTraceId(ByteString.copyFromUtf8(String.format(Locale.ROOT, "%016d", trace)))
                .setSpanId(ByteString.copyFromUtf8(String.format(Locale.ROOT, "%s%s%06d", from, to, trace)))
                .setStartTimeUnixNano(startNanos)
                .setEndTimeUnixNano(startNanos + nanos)
                .addAttributes(attribute(SignalAttributes.SPAN_FROM, from))
                .addAttributes(attribute(SignalAttributes.SPAN_TO, to));
        attributes.forEach((key, value) -> span.addAttributes(
                value instanceof Long number
                        ? KeyValue.newBuilder()
                                .setKey(key)
                                .setValue(AnyValue.newBuilder().setIntValue(number))
                                .build()
                        : attribute(key, value.toString())));
        return TracesData.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .setResource(resource(service))
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build()
                .toByteArray();
    }

    /** A snapshot with an order's id and tier; without a tier where that is null. */
    public static byte[] snapshot(String service, String probe, String uid, long id, String tier, String stack) {
        KeyValueList.Builder order = KeyValueList.newBuilder()
                .addValues(attribute("@type", "shop.Order"))
                .addValues(KeyValue.newBuilder()
                        .setKey("id")
                        .setValue(AnyValue.newBuilder().setIntValue(id)));
        order.addValues(tier == null ? KeyValue.newBuilder().setKey("tier").build() : attribute("tier", tier));
        KeyValue values = KeyValue.newBuilder()
                .setKey(SignalAttributes.VALUES)
                .setValue(AnyValue.newBuilder()
                        .setKvlistValue(KeyValueList.newBuilder()
                                .addValues(KeyValue.newBuilder()
                                        .setKey("order")
                                        .setValue(AnyValue.newBuilder().setKvlistValue(order)))))
                .build();
        LogRecord log = LogRecord.newBuilder()
                .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                .setSeverityText("INFO")
                .setEventName(SignalAttributes.EVENT_SNAPSHOT)
                .setBody(AnyValue.newBuilder().setStringValue("snapshot"))
                .addAttributes(attribute(SignalAttributes.PROBE_ID, probe))
                .addAttributes(attribute(SignalAttributes.RECORD_UID, uid))
                .addAttributes(attribute("code.line.number", "42"))
                .addAttributes(attribute("code.stacktrace", stack))
                .addAttributes(values)
                .build();
        return LogsData.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder()
                        .setResource(resource(service))
                        .addScopeLogs(ScopeLogs.newBuilder().addLogRecords(log)))
                .build()
                .toByteArray();
    }

    private static Resource resource(String service) {
        return Resource.newBuilder()
                .addAttributes(attribute("service.name", service))
                .addAttributes(attribute("service.instance.id", service + "-1"))
                .build();
    }

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder()
                .setKey(key)
                .setValue(AnyValue.newBuilder().setStringValue(value))
                .build();
    }
}
