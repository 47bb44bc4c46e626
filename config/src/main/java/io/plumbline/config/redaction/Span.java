package io.plumbline.config.redaction;

import java.util.List;

/**
 * A part of a text that must not be shown.
 *
 * @param start inclusive
 * @param end exclusive
 */
public record Span(int start, int end) {
    public Span {
        if (start < 0 || end <= start) {
            throw new IllegalArgumentException("a span ends after its start: " + start + " to " + end);
        }
    }

    /**
     * A part of a text with spans of the text hidden.
     *
     * @param spans in order, none overlapping another
     */
    public static String hide(String text, int from, int to, List<Span> spans) {
        StringBuilder shown = new StringBuilder(to - from);
        int at = from;
        for (Span span : spans) {
            if (span.end() > from && span.start() < to) {
                shown.append(text, at, Math.max(at, span.start())).append(Redaction.HIDDEN);
                at = Math.min(to, span.end());
            }
        }
        return shown.append(text, at, to).toString();
    }
}
