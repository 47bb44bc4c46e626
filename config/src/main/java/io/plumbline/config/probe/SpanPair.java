package io.plumbline.config.probe;

/**
 * Two points of a span probe: a span goes from a hit of the one to the hit of the other that follows it.
 *
 * @param from the earlier point's name
 * @param to the later point's name
 */
public record SpanPair(String from, String to) {
    private static final String ARROW = "->";

    public SpanPair {
        if (from.equals(to)) {
            throw new IllegalArgumentException("a span goes from one point to another: " + from + ARROW + to);
        }
    }

    /**
     * Reads {@code A->B}.
     *
     * @throws IllegalArgumentException when the text has another form
     */
    static SpanPair parse(String text) {
        String[] names = text.replace("→", ARROW).split(ARROW, -1);
        if (names.length != 2) {
            throw new IllegalArgumentException("a pair of points reads like A->B: " + text);
        }
        return new SpanPair(names[0].trim(), names[1].trim());
    }

    /** As people read it: {@code A→B}. */
    public String inWords() {
        return from + "→" + to;
    }

    @Override
    public String toString() {
        return from + ARROW + to;
    }
}
