package io.plumbline.exporters.signal;

import com.google.protobuf.InvalidProtocolBufferException;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogram;
import io.opentelemetry.proto.metrics.v1.Gauge;
import io.opentelemetry.proto.metrics.v1.Histogram;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.MetricsData;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.metrics.v1.Sum;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Takes single signals out of a record: each becomes OTLP of its own, with its resource and scope, that {@link OtlpDecoder} reads as
 * the same signal. What OTLP holds and is not read here is kept.
 *
 * <p>Threads: one call, one instance.
 */
public final class OtlpPicker {
    private final NavigableSet<Integer> wanted;
    private final Map<Integer, byte[]> picked = new TreeMap<>();
    private int next;

    private OtlpPicker(Set<Integer> indices) {
        wanted = new TreeSet<>(indices);
    }

    /**
     * Picks by the places that {@link OtlpDecoder} gives signals: points that it refuses do not count.
     *
     * @param indices from 0
     * @return by index; what is not in the record is missing
     */
    public static Map<Integer, byte[]> pick(SignalKind kind, byte[] bytes, Set<Integer> indices)
            throws MalformedRecordException {
        OtlpPicker picker = new OtlpPicker(indices);
        try {
            switch (kind) {
                case LOG -> picker.logs(LogsData.parseFrom(bytes));
                case METRIC -> picker.metrics(MetricsData.parseFrom(bytes));
                case SPAN -> picker.spans(TracesData.parseFrom(bytes));
            }
        } catch (InvalidProtocolBufferException e) {
            throw new MalformedRecordException("not OTLP protobuf of kind " + kind + ": " + e.getMessage(), e);
        }
        return picker.picked;
    }

    private boolean isWanted() {
        return wanted.contains(next);
    }

    private void logs(LogsData data) {
        for (ResourceLogs resource : data.getResourceLogsList()) {
            ResourceLogs bareResource = resource.toBuilder().clearScopeLogs().build();
            for (ScopeLogs scope : resource.getScopeLogsList()) {
                ScopeLogs bareScope = scope.toBuilder().clearLogRecords().build();
                for (LogRecord log : scope.getLogRecordsList()) {
                    if (isWanted()) {
                        ScopeLogs alone =
                                bareScope.toBuilder().addLogRecords(log).build();
                        picked.put(
                                next,
                                LogsData.newBuilder()
                                        .addResourceLogs(
                                                bareResource.toBuilder().addScopeLogs(alone))
                                        .build()
                                        .toByteArray());
                    }
                    next++;
                }
            }
        }
    }

    private void spans(TracesData data) {
        for (ResourceSpans resource : data.getResourceSpansList()) {
            ResourceSpans bareResource = resource.toBuilder().clearScopeSpans().build();
            for (ScopeSpans scope : resource.getScopeSpansList()) {
                ScopeSpans bareScope = scope.toBuilder().clearSpans().build();
                for (Span span : scope.getSpansList()) {
                    if (isWanted()) {
                        ScopeSpans alone = bareScope.toBuilder().addSpans(span).build();
                        picked.put(
                                next,
                                TracesData.newBuilder()
                                        .addResourceSpans(
                                                bareResource.toBuilder().addScopeSpans(alone))
                                        .build()
                                        .toByteArray());
                    }
                    next++;
                }
            }
        }
    }

    private void metrics(MetricsData data) {
        for (ResourceMetrics resource : data.getResourceMetricsList()) {
            ResourceMetrics bareResource =
                    resource.toBuilder().clearScopeMetrics().build();
            for (ScopeMetrics scope : resource.getScopeMetricsList()) {
                ScopeMetrics bareScope = scope.toBuilder().clearMetrics().build();
                for (Metric metric : scope.getMetricsList()) {
                    singles(metric).forEach(single -> metric(bareResource, bareScope, single));
                }
            }
        }
    }

    private void metric(ResourceMetrics resource, ScopeMetrics scope, Metric single) {
        MetricsData alone = MetricsData.newBuilder()
                .addResourceMetrics(
                        resource.toBuilder().addScopeMetrics(scope.toBuilder().addMetrics(single)))
                .build();
        if (MetricReader.read(alone).signals().isEmpty()) {
            return;
        }
        if (isWanted()) {
            picked.put(next, alone.toByteArray());
        }
        next++;
    }

    /** The metric with each of its points alone; of types that exporters are not given there are none. */
    private static Stream<Metric> singles(Metric metric) {
        Metric bare = metric.toBuilder().clearData().build();
        return switch (metric.getDataCase()) {
            case GAUGE -> {
                Gauge head = metric.getGauge().toBuilder().clearDataPoints().build();
                yield metric.getGauge().getDataPointsList().stream()
                        .map(point -> bare.toBuilder()
                                .setGauge(head.toBuilder().addDataPoints(point))
                                .build());
            }
            case SUM -> {
                Sum head = metric.getSum().toBuilder().clearDataPoints().build();
                yield metric.getSum().getDataPointsList().stream()
                        .map(point -> bare.toBuilder()
                                .setSum(head.toBuilder().addDataPoints(point))
                                .build());
            }
            case HISTOGRAM -> {
                Histogram head =
                        metric.getHistogram().toBuilder().clearDataPoints().build();
                yield metric.getHistogram().getDataPointsList().stream()
                        .map(point -> bare.toBuilder()
                                .setHistogram(head.toBuilder().addDataPoints(point))
                                .build());
            }
            case EXPONENTIAL_HISTOGRAM -> {
                ExponentialHistogram head = metric.getExponentialHistogram().toBuilder()
                        .clearDataPoints()
                        .build();
                yield metric.getExponentialHistogram().getDataPointsList().stream()
                        .map(point -> bare.toBuilder()
                                .setExponentialHistogram(head.toBuilder().addDataPoints(point))
                                .build());
            }
            default -> Stream.empty();
        };
    }
}
