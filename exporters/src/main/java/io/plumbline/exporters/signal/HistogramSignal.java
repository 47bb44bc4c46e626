package io.plumbline.exporters.signal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A histogram's point with explicit bounds, cumulative.
 *
 * @param startTimeUnixNano since when it counts, or 0 if unknown; a later start is a restart from zero
 * @param bounds inclusive upper bounds of all buckets but the last, ascending
 * @param bucketCounts how many measurements fell into each bucket, one more than there are bounds
 * @param sum of all measurements, or NaN if the producer did not send it
 */
public record HistogramSignal(
        Resource resource,
        MetricInfo metric,
        Map<String, Object> attributes,
        long startTimeUnixNano,
        long timeUnixNano,
        List<Double> bounds,
        List<Long> bucketCounts,
        double sum,
        List<Exemplar> exemplars,
        int wireBytes)
        implements MetricSignal {

    public HistogramSignal {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(metric, "metric");
        attributes = Values.copyOf(attributes);
        bounds = List.copyOf(bounds);
        bucketCounts = List.copyOf(bucketCounts);
        exemplars = List.copyOf(exemplars);
        if (bucketCounts.size() != bounds.size() + 1) {
            throw new IllegalArgumentException("a histogram with " + bounds.size() + " bounds must have "
                    + (bounds.size() + 1) + " buckets: " + bucketCounts.size());
        }
    }

    /** All measurements. */
    public long count() {
        return bucketCounts.stream().mapToLong(Long::longValue).sum();
    }

    @Override
    public HistogramSignal mapAttributes(UnaryOperator<Map<String, Object>> change) {
        return new HistogramSignal(
                resource,
                metric,
                change.apply(attributes),
                startTimeUnixNano,
                timeUnixNano,
                bounds,
                bucketCounts,
                sum,
                Exemplar.map(exemplars, change),
                wireBytes);
    }
}
