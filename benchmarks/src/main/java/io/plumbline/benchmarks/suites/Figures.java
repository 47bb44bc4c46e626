package io.plumbline.benchmarks.suites;

import java.util.Arrays;

/**
 * What the probes of a suite saw.
 *
 * @param probes one at each line of the library
 * @param hitProbes that at least one thread reached
 * @param hits of all together
 * @param stopped probes that stopped themselves by an error in their own code
 * @param setMillis how long it took to set all of them
 */
record Figures(long probes, long hitProbes, long hits, long stopped, long setMillis) {

    String text() {
        return probes + " " + hitProbes + " " + hits + " " + stopped + " " + setMillis;
    }

    /** Reads {@link #text}. */
    static Figures parse(String text) {
        long[] numbers = Arrays.stream(text.strip().split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        return new Figures(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4]);
    }
}
