package io.plumbline.config.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Guesses what was meant by a misspelt word or by a line without code. */
public final class Nearest {

    /** How many lines are named on each side. */
    private static final int LINES = 2;

    private Nearest() {}

    /** The candidate within a third of the word's length in edits (at least one), if any. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        int limit = Math.max(1, word.length() / 3);
        String lower = word.toLowerCase(Locale.ROOT);
        return candidates.stream()
                .filter(candidate -> distance(lower, candidate.toLowerCase(Locale.ROOT)) <= limit)
                .min(Comparator.comparingInt((String candidate) -> distance(lower, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** Up to two lines on each side, as in {@code 9, 12, 14}; empty where there are none. */
    public static String lines(SortedSet<Integer> lines, int line) {
        List<Integer> before = List.copyOf(lines.headSet(line));
        Stream<Integer> last = before.stream().skip(Math.max(0, before.size() - LINES));
        return Stream.concat(last, lines.tailSet(line).stream().limit(LINES))
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
    }

    /** Levenshtein's edit distance, by rows. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substitute, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
