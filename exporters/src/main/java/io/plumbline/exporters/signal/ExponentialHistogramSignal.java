package io.plumbline.exporters.signal;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * A histogram's point with exponential buckets, cumulative. Our agent sends none; SDKs and Collectors that write to the same
 * topics may. The layout is that of {@code ExponentialHistogramDataPoint} in OpenTelemetry's {@code metrics.proto}.
 *
 * @param startTimeUnixNano since when it counts, or 0 if unknown; a later start is a restart from zero
 * @param scale the base of the bounds is 2^(2^-scale); OTLP sets no limits
 * @param zeroCount measurements that are at most {@code zeroThreshold} away from zero
 * @param zeroThreshold at least 0
 * @param positive of the other measurements above zero
 * @param negative of those below zero, by their absolute values
 * @param sum of all measurements, or NaN if the producer did not send it
 */
public record ExponentialHistogramSignal(
        Resource resource,
        MetricInfo metric,
        Map<String, Object> attributes,
        long startTimeUnixNano,
        long timeUnixNano,
        int scale,
        long zeroCount,
        double zeroThreshold,
        Buckets positive,
        Buckets negative,
        double sum,
        List<Exemplar> exemplars,
        int wireBytes)
        implements MetricSignal {

    /**
     * Neighbouring buckets. The bucket {@code i} takes what is above base^(offset + i) and up to base^(offset + i + 1).
     *
     * @param offset any whole number
     * @param counts how many measurements fell into each; none if there were none
     */
    public record Buckets(int offset, List<Long> counts) {
        public Buckets {
            counts = List.copyOf(counts);
        }

        /** All measurements. */
        public long count() {
            return counts.stream().mapToLong(Long::longValue).sum();
        }
    }

    public ExponentialHistogramSignal {
        Objects.requireNonNull(resource, "resource");
        Objects.requireNonNull(metric, "metric");
        Objects.requireNonNull(positive, "positive");
        Objects.requireNonNull(negative, "negative");
        attributes = Values.copyOf(attributes);
        exemplars = List.copyOf(exemplars);
        if (!(zeroThreshold >= 0)) {
            throw new IllegalArgumentException("zeroThreshold must be >= 0: " + zeroThreshold);
        }
    }

    /** All measurements. */
    public long count() {
        return zeroCount + positive.count() + negative.count();
    }

    @Override
    public ExponentialHistogramSignal mapAttributes(UnaryOperator<Map<String, Object>> change) {
        return new ExponentialHistogramSignal(
                resource,
                metric,
                change.apply(attributes),
                startTimeUnixNano,
                timeUnixNano,
                scale,
                zeroCount,
                zeroThreshold,
                positive,
                negative,
                sum,
                Exemplar.map(exemplars, change),
                wireBytes);
    }
}
