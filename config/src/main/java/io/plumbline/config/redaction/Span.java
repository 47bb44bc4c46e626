package io.plumbline.config.redaction;

import java.util.ArrayList;
import java.util.Comparator;
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

    /** Spans in any order, in order and with those that overlap as one. */
    public static List<Span> merged(List<Span> spans) {
        if (spans.size() < 2) {
            return spans;
        }
        List<Span> sorted = new ArrayList<>(spans);
        sorted.sort(Comparator.comparingInt(Span::start));
        List<Span> merged = new ArrayList<>();
        Span open = sorted.get(0);
        for (Span span : sorted.subList(1, sorted.size())) {
            if (span.start() < open.end()) {
                open = new Span(open.start(), Math.max(open.end(), span.end()));
            } else {
                merged.add(open);
                open = span;
            }
        }
        merged.add(open);
        return merged;
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
