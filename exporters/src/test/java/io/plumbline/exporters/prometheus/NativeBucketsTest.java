package io.plumbline.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.signal.ExponentialHistogramSignal.Buckets;
import io.prometheus.metrics.model.snapshots.NativeHistogramBucket;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NativeBucketsTest {

    @ParameterizedTest
    @CsvSource({"-4,-4", "0,0", "8,8", "9,8", "20,8"})
    void schema_isTheScaleUpToPrometheusFinest(int scale, int schema) {
        assertThat(NativeBuckets.schema(scale)).isEqualTo(schema);
    }

    @Test
    void schema_tooCoarse_isRefused() {
        assertThatThrownBy(() -> NativeBuckets.schema(-5)).hasMessage("its scale must be >= -4: -5");
    }

    @Test
    void of_sameScale_isNumberedByUpperBounds() {
        assertThat(counts(NativeBuckets.of(new Buckets(-2, List.of(3L, 0L, 4L)), 0)))
                .containsExactly(Map.entry(-1, 3L), Map.entry(1, 4L));
    }

    /** Each measurement is in the bucket whose bounds are around it, however fine OTLP's buckets were. */
    @ParameterizedTest
    @ValueSource(ints = {-4, -1, 0, 3, 8, 10, 14})
    void of_measurements_areWithinTheBoundsOfTheirBuckets(int scale) {
        Random random = new Random(scale);
        int schema = NativeBuckets.schema(scale);
        for (int i = 0; i < 200; i++) {
            double value = Math.exp(random.nextGaussian() * 5);
            int lower = (int) Math.ceil(log(value, scale)) - 1;

            Map<Integer, Long> counts = counts(NativeBuckets.of(new Buckets(lower, List.of(1L)), scale - schema));

            int upper = counts.keySet().iterator().next();
            assertThat(log(value, schema)).isBetween(upper - 1.0, (double) upper);
        }
    }

    @Test
    void of_finerBuckets_addUp() {
        Buckets fine = new Buckets(-3, List.of(1L, 2L, 4L, 8L, 16L, 32L));

        assertThat(counts(NativeBuckets.of(fine, 1)))
                .containsExactly(Map.entry(-1, 1L), Map.entry(0, 6L), Map.entry(1, 24L), Map.entry(2, 32L));
        assertThat(counts(NativeBuckets.of(fine, 40))).isEqualTo(new TreeMap<>(Map.of(0, 7L, 1, 56L)));
    }

    @Test
    void of_bucketBeyondPrometheusNumbers_isRefused() {
        assertThatThrownBy(() -> NativeBuckets.of(new Buckets(Integer.MAX_VALUE, List.of(1L)), 0))
                .hasMessage("its bucket is beyond Prometheus' numbers: 2147483648");
    }

    private static double log(double value, int scale) {
        return Math.log(value) / Math.log(2) * Math.pow(2, scale);
    }

    private static Map<Integer, Long> counts(NativeHistogramBuckets buckets) {
        Map<Integer, Long> counts = new LinkedHashMap<>();
        for (NativeHistogramBucket bucket : buckets) {
            counts.put(bucket.getBucketIndex(), bucket.getCount());
        }
        return counts;
    }
}
