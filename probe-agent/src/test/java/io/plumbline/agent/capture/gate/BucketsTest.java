package io.plumbline.agent.capture.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BucketsTest {

    static Stream<double[]> bounds() {
        return Stream.of(
                new double[] {},
                new double[] {0},
                new double[] {5},
                new double[] {-5},
                new double[] {-3, -2, -1},
                new double[] {-10, 0, 10},
                new double[] {-4, -3, -2, -1, 0, 1, 2, 3, 4},
                new double[] {0, 5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000},
                IntStream.rangeClosed(1, 200).mapToDouble(i -> 1_000 + i).toArray(), // crowded cells
                DoubleStream.iterate(0.000_001, d -> d * 1.3).limit(120).toArray(),
                new double[] {Double.MIN_VALUE, Double.MIN_NORMAL, 1, Double.MAX_VALUE},
                new double[] {1, Math.nextUp(1.0), Math.nextUp(Math.nextUp(1.0)), 2},
                new double[] {-Double.MAX_VALUE, 0, 1e-300, 1e300});
    }

    @ParameterizedTest
    @MethodSource("bounds")
    void of_isTheFirstBucketWhoseBoundIsNotBelow(double[] bounds) {
        Buckets buckets = new Buckets(bounds);
        DoubleStream odd = DoubleStream.of(
                0.0, -0.0, 1, -1, Double.MIN_VALUE, -Double.MIN_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE);
        DoubleStream near = Arrays.stream(bounds)
                .flatMap(bound -> DoubleStream.of(
                                bound, Math.nextUp(bound), Math.nextDown(bound), bound * 1.01, bound * 0.99)
                        .filter(Double::isFinite));
        Random random = new Random(bounds.length);
        DoubleStream any = DoubleStream.generate(() -> Double.longBitsToDouble(random.nextLong()))
                .filter(Double::isFinite)
                .limit(20_000);
        DoubleStream usual =
                DoubleStream.generate(() -> Math.exp(random.nextGaussian() * 4)).limit(20_000);

        assertThat(buckets.count()).isEqualTo(bounds.length + 1);
        DoubleStream.of(odd.toArray()).forEach(value -> check(buckets, bounds, value));
        near.forEach(value -> check(buckets, bounds, value));
        any.forEach(value -> check(buckets, bounds, value));
        usual.forEach(value -> check(buckets, bounds, value));
    }

    private static void check(Buckets buckets, double[] bounds, double value) {
        int expected = 0;
        while (expected < bounds.length && value > bounds[expected]) {
            expected++;
        }
        assertThat(buckets.of(value)).as("%s", value).isEqualTo(expected);
    }
}
