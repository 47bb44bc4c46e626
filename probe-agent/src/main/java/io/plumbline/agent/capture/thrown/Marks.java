package io.plumbline.agent.capture.thrown;

/**
 * The text form of an exception between the application's thread and the agent's:
 *
 * <pre>
 * exception = TYPE role name [MESSAGE text] frame* [CUT number] [COMMON number] exception* [LOST] END
 *           | SEEN role name [MESSAGE text] END
 * frame     = FRAME prefix PART class PART method PART location
 * role      = 'e' for the exception itself, 's' for a suppressed one, 'c' for a cause
 * </pre>
 *
 * CUT counts frames that were left out for a bound, COMMON those that the enclosing trace has too, LOST says that causes
 * or suppressed exceptions were left out. SEEN stands for an exception that came before. The prefix is what the JDK
 * prints before a class: {@code loader/module@version/}, often empty. A mark inside a text is written as ESCAPE and the
 * character plus {@value #SHIFT}. A text that ends early is valid: what is missing was cut.
 */
final class Marks {
    static final char TYPE = 1;
    static final char MESSAGE = 2;
    static final char FRAME = 3;
    static final char PART = 4;
    static final char COMMON = 5;
    static final char CUT = 6;
    static final char LOST = 7;
    static final char SEEN = 14;
    static final char END = 15;
    static final char ESCAPE = 16;

    static final char SUBJECT = 'e';
    static final char SUPPRESSED = 's';
    static final char CAUSE = 'c';

    static final int SHIFT = 64;

    private Marks() {}

    static boolean isMark(char c) {
        return c <= ESCAPE && c != 0 && (c <= LOST || c >= SEEN);
    }

    /** The text with its marks escaped; the same text when it has none. */
    static String escaped(String text, int max) {
        int end = Math.min(text.length(), max);
        for (int i = 0; i < end; i++) {
            if (isMark(text.charAt(i))) {
                return escape(text);
            }
        }
        return text;
    }

    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 8);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isMark(c)) {
                escaped.append(ESCAPE).append((char) (c + SHIFT));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
