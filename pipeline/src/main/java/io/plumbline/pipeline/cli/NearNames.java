package io.plumbline.pipeline.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What a person may have meant by a name that is not there. */
final class NearNames {
    private static final int SHOWN = 3;

    private NearNames() {}

    /** @param list the command that lists what is there */
    static String complaint(String what, String name, Collection<String> known, String list) {
        List<String> near = of(name, known);
        return "there is no " + what + " '" + name + "'"
                + (near.isEmpty() ? "" : "; did you mean " + String.join(", ", near) + "?") + " See: " + list;
    }

    /** The nearest first: those that hold the name or are held by it, and those with few letters wrong. */
    static List<String> of(String name, Collection<String> known) {
        return known.stream()
                .filter(each -> distance(name, each) <= Math.max(2, name.length() / 3) || isPart(name, each))
                .sorted(Comparator.comparingInt((String each) -> distance(name, each))
                        .thenComparing(each -> each))
                .limit(SHOWN)
                .toList();
    }

    private static boolean isPart(String name, String other) {
        return !name.isEmpty() && (other.contains(name) || name.contains(other));
    }

    /** Letters to add, leave out or change, after Levenshtein. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int changed = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}
