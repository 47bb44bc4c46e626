package io.plumbline.agent.oracle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where one call of a method is, as its source tells by calls of this class; and all hits of the twin that runs. Used by one
 * thread.
 */
public final class Track {
    /** Hits by line. */
    static final Map<Integer, Integer> HITS = new TreeMap<>();

    /** The values seen by hits, by line. */
    static final Map<Integer, List<String>> VALUES = new TreeMap<>();

    private final Set<Integer> seen = new HashSet<>();
    private int line = -1;

    private static void hit(int line) {
        HITS.merge(line, 1, Integer::sum);
    }

    /** A line is arrived at from outside of its method. */
    public static int fresh(int line) {
        hit(line);
        return 0;
    }

    /**
     * A statement, or a part of one that runs at a time of its own, begins.
     *
     * @param first whether it is the first code of the line, so that control that is on the line comes from a jump back
     */
    public boolean at(int newLine, boolean first) {
        if (newLine != line || first) {
            hit(newLine);
        }
        line = newLine;
        seen.clear();
        seen.add(newLine);
        return true;
    }

    /** The same, where a variable can be seen. */
    public boolean at(int newLine, boolean first, int value) {
        if (newLine != line || first) {
            VALUES.computeIfAbsent(newLine, any -> new ArrayList<>()).add(String.valueOf(value));
        }
        return at(newLine, first);
    }

    /** A statement goes on on another line. */
    public int on(int newLine) {
        if (seen.add(newLine)) {
            hit(newLine);
        }
        line = newLine;
        return 0;
    }

    /** A statement within an expression begins. */
    public int nested(int newLine) {
        if (newLine != line) {
            hit(newLine);
        }
        line = newLine;
        return 0;
    }

    /** A statement goes on on a line that it was on before. */
    public int back(int oldLine) {
        line = oldLine;
        return 0;
    }

    /** What an enhanced {@code for} goes through; it is back at its header before each round but the first. */
    public Iterable<Integer> each(int header, int[] values) {
        return () -> new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                if (next > 0) {
                    at(header, false);
                }
                return next < values.length;
            }

            @Override
            public Integer next() {
                return values[next++];
            }
        };
    }
}
