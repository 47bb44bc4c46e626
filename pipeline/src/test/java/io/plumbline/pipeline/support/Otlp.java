package io.plumbline.pipeline.support;

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
import io.plumbline.config.wire.SignalAttributes;

/** OTLP records as agents send them. */
public final class Otlp {
    private Otlp() {}

    /** One Kafka record's value with a log record for each body. */
    public static byte[] logs(String service, String probe, String... bodies) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (String body : bodies) {
            scope.addLogRecords(LogRecord.newBuilder()
                    .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                    .setSeverityNumberValue(9)
                    .setSeverityText("INFO")
                    .setBody(AnyValue.newBuilder().setStringValue(body))
                    .addAttributes(attribute(SignalAttributes.PROBE_ID, probe))
                    .addAttributes(attribute("code.file.path", "shop/OrderService.java"))
                    .addAttributes(attribute("code.line.number", "42"))
                    .addAttributes(attribute(SignalAttributes.RECORD_UID, body)));
        }
        return LogsData.newBuilder()
                .addResourceLogs(
                        ResourceLogs.newBuilder().setResource(resource(service)).addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    /** A counter's point. */
    public static byte[] count(String service, String probe, String name, long value) {
        NumberDataPoint point = NumberDataPoint.newBuilder()
                .setStartTimeUnixNano(1)
                .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                .setAsInt(value)
                .addAttributes(attribute(SignalAttributes.PROBE_ID, probe))
                .addAttributes(attribute("tier", "gold"))
                .build();
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
