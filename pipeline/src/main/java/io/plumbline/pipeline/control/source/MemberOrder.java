package io.plumbline.pipeline.control.source;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts the members of a decompiled class in the order of their original lines, as a decompiler gives them in that of the class file, with nested
 * classes at the end. Goes by the decompiler's indentation and its blank lines between members.
 */
final class MemberOrder {
    static final String INDENT = "   ";

    private static final Pattern TYPE = Pattern.compile(".*\\b(class|interface|enum|record)\\b[^(;=]*(\\(.*\\).*)?\\{");

    private final String[] lines;
    private final int[] originals;

    /** @param originals of each line, where it stood; 0 for nowhere */
    MemberOrder(String[] lines, int[] originals) {
        this.lines = lines;
        this.originals = originals;
    }

    /** Some lines that stay together. */
    private record Chunk(List<Integer> lines, int key) {}

    /** The numbers of all lines, from 0, in their new order. */
    List<Integer> lines() {
        List<Integer> all = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < lines.length; i++) {
            if (depth(i) == 0 && TYPE.matcher(lines[i]).matches()) {
                int end = end(i, lines.length);
                range(all, from, i + 1);
                all.addAll(body(i + 1, end, 1));
                from = end;
                i = end;
            }
        }
        range(all, from, lines.length);
        return all;
    }

    private List<Integer> body(int from, int to, int depth) {
        List<Chunk> chunks = new ArrayList<>();
        int start = from;
        int key = 0;
        for (int i = from; i <= to; i++) {
            boolean isEnd =
                    i == to || lines[i].isBlank() && i > from && depth(i - 1) <= depth && nextDepth(i, to) <= depth;
            if (isEnd && i > start) {
                Chunk chunk = chunk(start, i, depth, key);
                key = chunk.key();
                chunks.add(chunk);
            }
            start = isEnd ? i : start;
        }
        chunks.sort(Comparator.comparingInt(Chunk::key));
        List<Integer> all = new ArrayList<>();
        chunks.forEach(chunk -> all.addAll(chunk.lines()));
        return all;
    }

    /** One without a line of its own stays behind the one before it. */
    private Chunk chunk(int from, int to, int depth, int before) {
        List<Integer> all = new ArrayList<>();
        int head = from;
        while (head < to && !(depth(head) == depth && TYPE.matcher(lines[head]).matches())) {
            head++;
        }
        if (head < to) {
            int end = end(head, to);
            range(all, from, head + 1);
            all.addAll(body(head + 1, end, depth + 1));
            range(all, end, to);
        } else {
            range(all, from, to);
        }
        int key = all.stream()
                .mapToInt(line -> originals[line])
                .filter(original -> original > 0)
                .min()
                .orElse(before);
        return new Chunk(all, key);
    }

    /** Where a block that begins at a line ends: its closing brace. */
    private int end(int head, int to) {
        int depth = depth(head);
        for (int i = head + 1; i < to; i++) {
            if (depth(i) == depth && lines[i].strip().startsWith("}")) {
                return i;
            }
        }
        return to;
    }

    private int nextDepth(int blank, int to) {
        int next = blank;
        while (next < to && lines[next].isBlank()) {
            next++;
        }
        return next < to ? depth(next) : 0;
    }

    private int depth(int line) {
        int depth = 0;
        while (lines[line].startsWith(INDENT, depth * INDENT.length())) {
            depth++;
        }
        return depth;
    }

    private static void range(List<Integer> all, int from, int to) {
        for (int i = from; i < to; i++) {
            all.add(i);
        }
    }
}
