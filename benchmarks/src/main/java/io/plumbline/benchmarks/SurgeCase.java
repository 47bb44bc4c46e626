package io.plumbline.benchmarks;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A probe that is put into the hottest loop.
 *
 * @param number tells it from the others
 * @param name for people
 * @param line what the program itself has there
 * @param probe what it asks, as a person writes it; empty for none
 * @param leaves whether it leaves something at every hit, so that weights and hits can be compared with the passes
 */
record SurgeCase(int number, String name, Line line, String probe, boolean leaves) {

    /** What stands at the line. */
    enum Line {
        /** Nothing but what the weaver puts there. */
        PROBED,
        /** An {@code if} that is never true. */
        IF_BY_HAND,
        /** {@code LongAdder.increment}. */
        COUNT_BY_HAND
    }

    /** All whose name has a part. */
    static List<SurgeCase> all(String part) {
        return List.of(
                        // shows how far the measurement itself is off
                        new SurgeCase(0, "none", Line.PROBED, "", true),
                        new SurgeCase(7, "by hand: `if`, never true", Line.IF_BY_HAND, "", true),
                        new SurgeCase(8, "by hand: `LongAdder.increment`", Line.COUNT_BY_HAND, "", true),
                        probe(1, "condition, never true", "if: 'total < 0', count: surge.never", false),
                        probe(2, "count", "count: surge.passes", true),
                        probe(3, "histogram", "histogram: {name: surge.total, value: total}", true),
                        probe(4, "log of two values", "log: 'order {order.id} costs {total}'", true),
                        probe(5, "snapshot, with its stack", "snapshot: true", true),
                        probe(
                                6,
                                "condition, slow on purpose",
                                "if: \"" + slowCondition() + "\", count: surge.never",
                                false))
                .stream()
                .filter(one -> one.name.contains(part))
                .toList();
    }

    private static SurgeCase probe(int number, String name, String probe, boolean leaves) {
        return new SurgeCase(number, name, Line.PROBED, probe, leaves);
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
