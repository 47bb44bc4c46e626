package io.plumbline.exporters.signal;

import io.opentelemetry.proto.metrics.v1.DataPointFlags;
import io.opentelemetry.proto.metrics.v1.ExponentialHistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import java.util.List;

/** Turns the points of one metric into signals; a point that makes no sense is an {@link IllegalArgumentException}. */
final class MetricPoints {

    private final Resource resource;
    private final MetricInfo info;

    MetricPoints(Resource resource, MetricInfo info) {
        this.resource = resource;
        this.info = info;
    }

    SumSignal sum(NumberDataPoint point) {
        return new SumSignal(
                resource,
                info,
                AnyValues.map(point.getAttributesList()),
                point.getStartTimeUnixNano(),
                point.getTimeUnixNano(),
                number(point),
                exemplars(point.getExemplarsList()),
                point.getSerializedSize());
    }

    GaugeSignal gauge(NumberDataPoint point) {
        return new GaugeSignal(
                resource,
                info,
                AnyValues.map(point.getAttributesList()),
                point.getTimeUnixNano(),
                number(point),
                exemplars(point.getExemplarsList()),
                point.getSerializedSize());
    }

    HistogramSignal histogram(HistogramDataPoint point) {
        checkHasValue(point.getFlags());
        boolean noBuckets = point.getBucketCountsCount() == 0 && point.getExplicitBoundsCount() == 0;
        return new HistogramSignal(
                resource,
                info,
                AnyValues.map(point.getAttributesList()),
                point.getStartTimeUnixNano(),
                point.getTimeUnixNano(),
                point.getExplicitBoundsList(),
                noBuckets ? List.of(point.getCount()) : point.getBucketCountsList(),
                point.hasSum() ? point.getSum() : Double.NaN,
                exemplars(point.getExemplarsList()),
                point.getSerializedSize());
    }

    ExponentialHistogramSignal exponential(ExponentialHistogramDataPoint point) {
        checkHasValue(point.getFlags());
        return new ExponentialHistogramSignal(
                resource,
                info,
                AnyValues.map(point.getAttributesList()),
                point.getStartTimeUnixNano(),
                point.getTimeUnixNano(),
                point.getScale(),
                point.getZeroCount(),
                point.getZeroThreshold(),
                buckets(point.getPositive()),
                buckets(point.getNegative()),
                point.hasSum() ? point.getSum() : Double.NaN,
                exemplars(point.getExemplarsList()),
                point.getSerializedSize());
    }

    private static ExponentialHistogramSignal.Buckets buckets(ExponentialHistogramDataPoint.Buckets buckets) {
        return new ExponentialHistogramSignal.Buckets(buckets.getOffset(), buckets.getBucketCountsList());
    }

    private static double number(NumberDataPoint point) {
        checkHasValue(point.getFlags());
        return switch (point.getValueCase()) {
            case AS_INT -> point.getAsInt();
            case AS_DOUBLE -> point.getAsDouble();
            default -> throw new IllegalArgumentException("a point without a value");
        };
    }

    private static void checkHasValue(int flags) {
        if ((flags & DataPointFlags.DATA_POINT_FLAGS_NO_RECORDED_VALUE_MASK_VALUE) != 0) {
            throw new IllegalArgumentException("a point that only says its series has ended");
        }
    }

    private static List<Exemplar> exemplars(List<io.opentelemetry.proto.metrics.v1.Exemplar> exemplars) {
        return exemplars.stream()
                .map(exemplar -> new Exemplar(
                        exemplar.hasAsInt() ? exemplar.getAsInt() : exemplar.getAsDouble(),
                        exemplar.getTimeUnixNano(),
                        AnyValues.map(exemplar.getFilteredAttributesList()),
                        AnyValues.hexId(exemplar.getTraceId()),
                        AnyValues.hexId(exemplar.getSpanId())))
                .toList();
    }
}
