package io.plumbline.pipeline.control.source;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Lays a decompiled text out anew, so that a line stands where the running class's line table says that it stood: members of a class go in the
 * order of their lines, blank lines fill up what is missing, and what has no line of its own goes into the gaps between, or where there is
 * none beside a neighbour. What would have to stand further up than the line before it stays behind that.
 *
 * <p>For one text; not thread-safe.
 */
final class LineLayout {
    private final String[] lines;
    /** Of each line of the text, the first original line that it stands for; 0 for none. */
    private final int[] originals;

    private final List<StringBuilder> out = new ArrayList<>();
    private final SortedSet<Integer> placed = new TreeSet<>();

    /**
     * A text and where its lines are.
     *
     * @param placed the original lines that stand in the line of that number
     */
    record LaidOut(String text, SortedSet<Integer> placed) {}

    private LineLayout(String text, int[] pairs) {
        this.lines = text.split("\\r?\\n", -1);
        this.originals = new int[lines.length];
        for (int i = 0; i + 1 < pairs.length; i += 2) {
            int line = pairs[i + 1] - 1;
            boolean isThere = line >= 0 && line < lines.length && pairs[i] > 0;
            if (isThere && (originals[line] == 0 || pairs[i] < originals[line])) {
                originals[line] = pairs[i];
            }
        }
    }

    /**
     * Lays out.
     *
     * @param pairs original line and line of the text, one after the other
     */
    static LaidOut of(String text, int[] pairs) {
        LineLayout layout = new LineLayout(text, pairs);
        layout.place(new MemberOrder(layout.lines, layout.originals).lines());
        List<String> texts = layout.out.stream().map(StringBuilder::toString).toList();
        return new LaidOut(String.join("\n", texts) + "\n", layout.placed);
    }

    private void place(List<Integer> order) {
        List<Integer> free = new ArrayList<>();
        for (int index : order) {
            if (originals[index] > 0) {
                settle(free, originals[index]);
                free.clear();
                put(index, originals[index]);
            } else if (!lines[index].isBlank()) {
                free.add(index);
            }
        }
        settle(free, Integer.MAX_VALUE);
    }

    private void put(int index, int original) {
        boolean fits = original >= out.size();
        grow(original);
        append(fits ? original : out.size(), index);
        if (fits) {
            placed.add(original);
        }
    }

    private void grow(int size) {
        while (out.size() < size) {
            out.add(new StringBuilder());
        }
    }

    private void append(int line, int index) {
        StringBuilder there = out.get(line - 1);
        if (there.isEmpty()) {
            there.append(lines[index]);
        } else {
            closeComment(there);
            there.append(' ').append(lines[index].strip());
        }
    }

    /** What has no line of its own, in front of the next line that has: ends of blocks at once, the rest as late as can be. */
    private void settle(List<Integer> free, int next) {
        int ends = 0;
        while (ends < free.size() && lines[free.get(ends)].strip().startsWith("}")) {
            ends++;
        }
        int room = next == Integer.MAX_VALUE ? Integer.MAX_VALUE : Math.max(0, next - 1 - out.size());
        int rest = free.size() - ends;
        int forEnds = Math.min(ends, Math.max(0, room - rest));
        for (int i = 0; i < ends; i++) {
            onto(free.get(i), i < forEnds);
        }
        int forRest = Math.min(rest, room - forEnds);
        if (next != Integer.MAX_VALUE && forRest > 0) {
            grow(next - 1 - forRest);
        }
        for (int i = 0; i < rest; i++) {
            boolean ownLine = i >= rest - forRest;
            onto(free.get(ends + i), ownLine);
        }
    }

    private void onto(int index, boolean ownLine) {
        if (ownLine || out.isEmpty()) {
            out.add(new StringBuilder(lines[index]));
        } else {
            append(out.size(), index);
        }
    }

    /** A comment up to the end of the line would take in what follows. */
    private static void closeComment(StringBuilder line) {
        int at = commentAt(line.toString());
        if (at >= 0) {
            String comment = line.substring(at + 2).replace("*/", "* /");
            line.setLength(at);
            line.append("/*").append(comment).append(" */");
        }
    }

    /** Where a comment up to the end of the line begins; less than 0 where none does. */
    private static int commentAt(String line) {
        char quote = 0;
        for (int i = 0; i < line.length(); i++) {
            char each = line.charAt(i);
            if (quote != 0) {
                i += each == '\\' ? 1 : 0;
                quote = each == quote ? 0 : quote;
            } else if (each == '"' || each == '\'') {
                quote = each;
            } else if (line.startsWith("//", i)) {
                return i;
            }
        }
        return -1;
    }
}
