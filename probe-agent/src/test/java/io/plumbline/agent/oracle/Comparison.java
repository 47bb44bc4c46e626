package io.plumbline.agent.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;

/** Two counts of one run, line by line. */
final class Comparison {
    /** Ends a line of which it is known that the definition can't be told from the bytecode; see docs/proofs.md. */
    private static final String MARK = "// follows the bytecode";

    private final SortedSet<Place> places;
    private final ArrivalCount expected;
    private final List<String> differences = new ArrayList<>();
    private final List<String> marked = new ArrayList<>();
    private int marks;

    Comparison(Sources sources, ArrivalCount expected, Map<Place, Integer> found) {
        this.places = sources.places();
        this.expected = expected;
        for (Place place : places) {
            String text = sources.text(place).trim();
            marks += text.endsWith(MARK) ? 1 : 0;
            int wanted = expected.hits().getOrDefault(place, 0);
            int hits = found.getOrDefault(place, 0);
            if (wanted != hits) {
                (text.endsWith(MARK) ? marked : differences)
                        .add(place + ": " + hits + " hits, the oracle counts " + wanted + ": " + text);
            }
        }
    }

    /** Marked lines. */
    int marks() {
        return marks;
    }

    /** Differences on marked lines. */
    List<String> marked() {
        return marked;
    }

    List<String> differences() {
        return differences;
    }

    @Override
    public String toString() {
        return String.format(
                "%d instructions executed, %d lines compared (%d of them reached), %d hits,"
                        + " %d lines differ, %d of them as known",
                expected.steps(),
                places.size(),
                expected.hits().size(),
                expected.arrivals(),
                differences.size() + marked.size(),
                marked.size());
    }
}
