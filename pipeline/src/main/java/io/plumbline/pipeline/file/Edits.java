package io.plumbline.pipeline.file;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Replacements of parts of a text, by offsets of the text as it was. Parts do not overlap. Threads: one. */
final class Edits {
    private final String text;
    private final List<Edit> edits = new ArrayList<>();

    private record Edit(int start, int end, String replacement) {}

    Edits(String text) {
        this.text = text;
    }

    /** @param end exclusive; equal to the start for an insertion. Insertions at one place keep their order */
    void replace(int start, int end, String replacement) {
        edits.add(new Edit(start, end, replacement));
    }

    /** The text with all of them, in the line ends that it has. */
    String apply() {
        StringBuilder result = new StringBuilder(text);
        List<Edit> ordered = new ArrayList<>(edits);
        ordered.sort(Comparator.comparingInt(Edit::start));
        boolean windows = text.contains("\r\n");
        for (int i = ordered.size() - 1; i >= 0; i--) {
            Edit edit = ordered.get(i);
            String replacement = windows ? edit.replacement().replace("\n", "\r\n") : edit.replacement();
            result.replace(edit.start(), edit.end(), replacement);
        }
        return result.toString();
    }
}
