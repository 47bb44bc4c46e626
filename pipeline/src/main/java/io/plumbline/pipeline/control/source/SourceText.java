package io.plumbline.pipeline.control.source;

import java.util.BitSet;

/** Which lines of a source have something in them besides blanks and comments, by what Java, Kotlin, Scala and Groovy have in common. */
final class SourceText {
    private final BitSet full;
    private final int lineCount;

    private SourceText(BitSet full, int lineCount) {
        this.full = full;
        this.lineCount = lineCount;
    }

    static SourceText of(String text) {
        Reader reader = new Reader(text);
        while (reader.at < text.length()) {
            reader.step();
        }
        boolean endsInBreak = text.endsWith("\n") || text.endsWith("\r");
        return new SourceText(reader.full, endsInBreak ? reader.line - 1 : reader.line);
    }

    int lineCount() {
        return lineCount;
    }

    /** Whether a line, from 1, has nothing but blanks and comments. */
    boolean isBare(int line) {
        return !full.get(line);
    }

    /** Reads a text once. */
    private static final class Reader {
        private final String text;
        private final BitSet full = new BitSet();
        private int at;
        private int line = 1;

        Reader(String text) {
            this.text = text;
        }

        private void step() {
            if (text.startsWith("//", at)) {
                while (at < text.length() && !isBreak()) {
                    at++;
                }
            } else if (text.startsWith("/*", at)) {
                skip("*/", 2, false);
            } else if (text.startsWith("\"\"\"", at)) {
                full.set(line);
                skip("\"\"\"", 3, true);
            } else if (text.charAt(at) == '"' || text.charAt(at) == '\'') {
                quoted(text.charAt(at));
            } else {
                if (!Character.isWhitespace(text.charAt(at))) {
                    full.set(line);
                }
                next();
            }
        }

        /** To the end of what goes over lines. */
        private void skip(String end, int begin, boolean isText) {
            at += begin;
            while (at < text.length() && !text.startsWith(end, at)) {
                if (isText) {
                    full.set(line);
                    at += text.charAt(at) == '\\' && at + 1 < text.length() && !isBreak(at + 1) ? 1 : 0;
                }
                next();
            }
            if (isText && at < text.length()) {
                full.set(line);
            }
            at = Math.min(text.length(), at + end.length());
        }

        /** To the closing quote, or the end of the line where there is none. */
        private void quoted(char quote) {
            full.set(line);
            at++;
            while (at < text.length() && text.charAt(at) != quote && !isBreak()) {
                at += text.charAt(at) == '\\' && at + 1 < text.length() && !isBreak(at + 1) ? 2 : 1;
            }
            at += at < text.length() && !isBreak() ? 1 : 0;
        }

        private void next() {
            boolean isPair = text.startsWith("\r\n", at);
            line += isBreak() ? 1 : 0;
            at += isPair ? 2 : 1;
        }

        private boolean isBreak() {
            return isBreak(at);
        }

        private boolean isBreak(int place) {
            return text.charAt(place) == '\n' || text.charAt(place) == '\r';
        }
    }
}
