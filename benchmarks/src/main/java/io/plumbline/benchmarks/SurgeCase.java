package io.plumbline.benchmarks;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A probe that is put into the hottest loop.
 *
 * @param number in the order of the page
 * @param name for people
 * @param probe what it asks, as a person writes it; empty for none
 * @param leaves whether it leaves something at every hit, so that weights and hits can be compared with the passes
 */
record SurgeCase(int number, String name, String probe, boolean leaves) {

    /** All whose name has a part. */
    static List<SurgeCase> all(String part) {
        return List.of(
                        // shows how far the measurement itself is off
                        new SurgeCase(0, "none", "", true),
                        new SurgeCase(1, "condition, never true", "if: 'total < 0', count: surge.never", false),
                        new SurgeCase(2, "count", "count: surge.passes", true),
                        new SurgeCase(3, "histogram", "histogram: {name: surge.total, value: total}", true),
                        new SurgeCase(4, "log of two values", "log: 'order {order.id} costs {total}'", true),
                        new SurgeCase(5, "snapshot, with its stack", "snapshot: true", true),
                        new SurgeCase(
                                6,
                                "condition, slow on purpose",
                                "if: \"" + slowCondition() + "\", count: surge.never",
                                false))
                .stream()
                .filter(one -> one.name.contains(part))
                .toList();
    }

    /** Some microseconds of text work that is never true. */
    private static String slowCondition() {
        return IntStream.range(0, 12)
                .mapToObj(i -> "order.id.replace('o', 'p').toUpperCase().contains(\\\"" + i + "x\\\")")
                .collect(Collectors.joining(" || "));
    }

    /**
     * What one JVM measured of a case.
     *
     * @param lost of the loop's passes, as a share
     * @param error of the weights that the records had together, or of the hits that were counted, as a share of the passes
     * @param every the n of "one hit in n" at the end
     * @param reckoned share of the hits that was not counted because the gate was shut
     * @param nanos that a taken hit costs, as reported
     * @param share of a core, as reported
     */
    record Round(int number, double lost, double error, long every, double reckoned, double nanos, double share) {
        private static final String MARK = "surge ";

        String line() {
            return MARK + number + " " + lost + " " + error + " " + every + " " + reckoned + " " + nanos + " " + share;
        }

        static boolean isLine(String text) {
            return text.startsWith(MARK);
        }

        static Round parse(String line) {
            String[] parts = line.split(" ");
            return new Round(
                    Integer.parseInt(parts[1]),
                    Double.parseDouble(parts[2]),
                    Double.parseDouble(parts[3]),
                    Long.parseLong(parts[4]),
                    Double.parseDouble(parts[5]),
                    Double.parseDouble(parts[6]),
                    Double.parseDouble(parts[7]));
        }
    }
}
