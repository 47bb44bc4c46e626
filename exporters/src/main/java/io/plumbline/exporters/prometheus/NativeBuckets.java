package io.plumbline.exporters.prometheus;

import io.plumbline.exporters.signal.ExponentialHistogramSignal.Buckets;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.Map;
import java.util.TreeMap;

/**
 * OTLP's exponential buckets as those of a native histogram, after "Exponential Histograms" in "Prometheus and OpenMetrics
 * Compatibility" of the OpenTelemetry specification. Both have the same bounds; Prometheus numbers a bucket by its upper bound,
 * OTLP by its lower one. Where OTLP is finer than Prometheus can be, neighbours are added up, which is exact.
 */
final class NativeBuckets {

    private static final int COARSEST = -4;
    private static final int FINEST = 8;

    /** What Prometheus takes for an OTLP threshold of 0, for a native histogram without buckets is known by it. */
    private static final double NEARLY_ZERO = 1e-128;

    private NativeBuckets() {}

    /** @throws IllegalArgumentException if Prometheus has no buckets that wide */
    static int schema(int scale) {
        if (scale < COARSEST) {
            throw new IllegalArgumentException("its scale must be >= " + COARSEST + ": " + scale);
        }
        return Math.min(scale, FINEST);
    }

    static double zeroThreshold(double threshold) {
        return threshold == 0 ? NEARLY_ZERO : threshold;
    }

    /**
     * @param finer by how much the scale is above the schema, at least 0
     * @throws IllegalArgumentException if Prometheus has no number for a bucket
     */
    static NativeHistogramBuckets of(Buckets buckets, int finer) {
        Map<Integer, Long> counts = new TreeMap<>();
        for (int i = 0; i < buckets.counts().size(); i++) {
            long count = buckets.counts().get(i);
            if (count != 0) {
                long lower = ((long) buckets.offset() + i) >> Math.min(finer, 63);
                counts.merge(number(lower + 1), count, Long::sum);
            }
        }
        return NativeHistogramBuckets.of(
                counts.keySet().stream().mapToInt(Integer::intValue).toArray(),
                counts.values().stream().mapToLong(Long::longValue).toArray());
    }

    private static int number(long bucket) {
        if (bucket != (int) bucket) {
            throw new IllegalArgumentException("its bucket is beyond Prometheus' numbers: " + bucket);
        }
        return (int) bucket;
    }
}
