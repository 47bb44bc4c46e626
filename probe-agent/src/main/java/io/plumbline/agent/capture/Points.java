package io.plumbline.agent.capture;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.DoubleExemplarData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoubleExemplarData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoublePointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableHistogramPointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableSumData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.config.probe.Action;
import io.plumbline.config.wire.SignalAttributes;
import java.util.ArrayList;
import java.util.List;

/** Makes OpenTelemetry metric data from cells. Runs on the agent's thread. */
final class Points {
    private static final InstrumentationScopeInfo SCOPE = InstrumentationScopeInfo.create(SignalAttributes.SCOPE);

    private final Resource resource;

    Points(Resource resource) {
        this.resource = resource;
    }

    /**
     * @param startEpochNanos since when the cells count
     */
    MetricData metric(Action.Metric metric, long startEpochNanos, long nowEpochNanos, List<Cell.Labelled> series) {
        if (metric instanceof Action.Histogram histogram) {
            return histogram(histogram, startEpochNanos, nowEpochNanos, series);
        }
        boolean counts = metric instanceof Action.Count;
        List<DoublePointData> points = new ArrayList<>();
        for (Cell.Labelled labelled : series) {
            Cell cell = labelled.cell();
            double value = cell instanceof SumCell sum ? sum.sum() : ((GaugeCell) cell).last();
            long start = counts ? startEpochNanos : 0;
            points.add(ImmutableDoublePointData.create(
                    start, nowEpochNanos, labelled.labels(), value, cell.takeExemplars()));
        }
        String name = metric.name();
        return counts
                ? ImmutableMetricData.createDoubleSum(
                        resource,
                        SCOPE,
                        name,
                        metric.description(),
                        metric.unit(),
                        ImmutableSumData.create(true, AggregationTemporality.CUMULATIVE, points))
                : ImmutableMetricData.createDoubleGauge(
                        resource, SCOPE, name, metric.description(), metric.unit(), ImmutableGaugeData.create(points));
    }

    private MetricData histogram(
            Action.Histogram metric, long startEpochNanos, long nowEpochNanos, List<Cell.Labelled> series) {
        List<HistogramPointData> points = new ArrayList<>();
        for (Cell.Labelled labelled : series) {
            HistogramCell cell = (HistogramCell) labelled.cell();
            points.add(ImmutableHistogramPointData.create(
                    startEpochNanos,
                    nowEpochNanos,
                    labelled.labels(),
                    cell.sum(),
                    false,
                    0,
                    false,
                    0,
                    metric.bounds(),
                    cell.counts(),
                    cell.takeExemplars()));
        }
        return ImmutableMetricData.createDoubleHistogram(
                resource,
                SCOPE,
                metric.name(),
                metric.description(),
                metric.unit(),
                ImmutableHistogramData.create(AggregationTemporality.CUMULATIVE, points));
    }

    static DoubleExemplarData exemplar(Cell.ExemplarData data) {
        SpanContext context =
                SpanContext.create(data.traceId(), data.spanId(), TraceFlags.getSampled(), TraceState.getDefault());
        return ImmutableDoubleExemplarData.create(Attributes.empty(), data.epochNanos(), context, data.value());
    }
}
