package io.plumbline.pipeline.cli;

import java.util.ArrayList;
import java.util.List;

/** Whether a line of a source file can have code. */
enum SourceLine {
    CODE,
    BLANK,
    COMMENT,
    BEYOND;

    private static final String BLOCK_START = "/*";
    private static final String BLOCK_END = "*/";

    /** The lines of a source in a language with Java's comments. A text that looks like a comment's start does not count as one. */
    static List<SourceLine> of(String source) {
        List<SourceLine> lines = new ArrayList<>();
        boolean inComment = false;
        for (String line : source.split("\\R", -1)) {
            String rest = line.strip();
            boolean started = inComment;
            while (inComment || rest.startsWith(BLOCK_START)) {
                started = true;
                int end = rest.indexOf(BLOCK_END, inComment ? 0 : BLOCK_START.length());
                inComment = end < 0;
                rest = end < 0 ? "" : rest.substring(end + BLOCK_END.length()).strip();
                if (inComment) {
                    break;
                }
            }
            lines.add(kind(rest, started));
            inComment |= opens(rest);
        }
        return lines;
    }

    private static SourceLine kind(String rest, boolean started) {
        if (rest.isEmpty()) {
            return started ? COMMENT : BLANK;
        }
        return rest.startsWith("//") ? COMMENT : CODE;
    }

    /** Whether a comment begins behind code and goes on in the next line; a star behind a quote may be part of a text. */
    private static boolean opens(String rest) {
        int start = rest.lastIndexOf(BLOCK_START);
        return start > 0
                && rest.indexOf(BLOCK_END, start) < 0
                && rest.indexOf('"') < 0
                && !rest.substring(0, start).contains("//");
    }

    /** What a person reads about the line. */
    String words(int count) {
        return switch (this) {
            case CODE -> "has code";
            case BLANK -> "has a blank line";
            case COMMENT -> "has a comment";
            case BEYOND -> "has ended, after " + count + " lines";
        };
    }
}
