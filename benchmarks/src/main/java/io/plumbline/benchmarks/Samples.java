package io.plumbline.benchmarks;

import java.util.Arrays;
import java.util.Collection;

/**
 * What was measured of one benchmark, over all rounds.
 *
 * @param median robust against what else the machine did meanwhile
 * @param spread half the distance between the quartiles
 */
record Samples(double median, double spread) {

    static Samples of(Collection<Double> values) {
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("no samples");
        }
        Arrays.sort(sorted);
        double spread = (quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 2;
        return new Samples(quantile(sorted, 0.5), spread);
    }

    /** What this costs more than another. */
    Samples over(Samples other) {
        return new Samples(median - other.median, Math.hypot(spread, other.spread));
    }

    /** Whether it can be told from nothing. */
    boolean isAboveNoise() {
        return median > 2 * spread;
    }

    private static double quantile(double[] sorted, double quantile) {
        double at = quantile * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
