package io.plumbline.agent.weave;

/**
 * How many classes the JVM is given at once, and how long the program is left alone in between. A batch has a cost of its
 * own, whatever is in it: the JVM looks through all loaded classes, with all threads stopped. So small batches make many
 * pauses that are hardly shorter. Batches grow until one takes {@link #TARGET_NANOS}, or twice what the cheapest took where
 * that is more. After each the program runs for as long as it may have stood still, up to {@link #LONGEST_REST_NANOS}.
 */
final class Pace {
    static final int FIRST = 2;
    static final int LARGEST = 256;

    private static final long TARGET_NANOS = 10_000_000;
    private static final long LONGEST_REST_NANOS = 100_000_000;

    /** How small batches forget the cheapest one, for the program goes on loading classes. */
    private static final double FORGETTING = 1.05;

    private static final double WEIGHT_OF_NEWEST = 0.3;

    private int size = FIRST;
    private double cheapestNanos = Double.MAX_VALUE;

    /** What a class adds to a batch, as batches showed lately: one that was slow by chance must not make all others small. */
    private double classNanos;

    /** How many classes the next batch may have. */
    int size() {
        return size;
    }

    /**
     * Learns from a batch.
     *
     * @param classes how many it had
     * @return for how many nanoseconds the program is to be left alone
     */
    long took(int classes, long nanos) {
        cheapestNanos = Math.min(classes <= FIRST ? cheapestNanos * FORGETTING : cheapestNanos, nanos);
        double added = Math.max(0, nanos - cheapestNanos) / classes;
        classNanos += WEIGHT_OF_NEWEST * (added - classNanos);
        double allowance = Math.max(TARGET_NANOS - cheapestNanos, cheapestNanos);
        double next = Math.min(allowance / Math.max(1, classNanos), classes < size ? size : 2.0 * size);
        size = (int) Math.max(1, Math.min(next, LARGEST));
        return Math.min(nanos, LONGEST_REST_NANOS);
    }
}
