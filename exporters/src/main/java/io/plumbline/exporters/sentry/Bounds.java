package io.plumbline.exporters.sentry;

import java.util.List;

/**
 * How much of an event is sent.
 *
 * @param chars of a text among the variables
 * @param elements of a list or a map among them
 * @param levels of lists and maps; 0 for no variables at all
 * @param frames of each stack
 */
record Bounds(int chars, int elements, int levels, int frames) {

    private static final int ALL = Integer.MAX_VALUE;

    static final Bounds WHOLE = new Bounds(ALL, ALL, ALL, ALL);

    /** From all to hardly anything: first variables go, then frames. */
    static final List<Bounds> STEPS = List.of(
            WHOLE,
            new Bounds(1_000, 50, 6, ALL),
            new Bounds(200, 20, 3, ALL),
            new Bounds(0, 0, 0, ALL),
            new Bounds(0, 0, 0, 64),
            new Bounds(0, 0, 0, 16));

    boolean hasVariables() {
        return levels > 0;
    }

    /** What is cut, for people; "" if nothing is. */
    String cut() {
        if (equals(WHOLE)) {
            return "";
        }
        String variables = hasVariables() ? "variables shortened" : "variables left out";
        return frames == ALL ? variables : variables + ", stacks of " + frames + " frames";
    }
}
