package io.plumbline.config.expression;

import java.util.ArrayList;
import java.util.List;

/**
 * A log template: text with {@code {expression}} holes, as in debuggers' logpoints. {@code {{} and {@code }}} stand for
 * the braces themselves.
 *
 * @param text as written
 * @param literals the texts around the holes; always one more than there are holes
 * @param holes the expressions, in order
 */
public record Template(String text, List<String> literals, List<Code> holes) {
    private static final int MAX_LENGTH = 8_192;
    private static final int MAX_HOLES = 32;

    public Template {
        literals = List.copyOf(literals);
        holes = List.copyOf(holes);
    }

    /**
     * Parses a template.
     *
     * @throws ExpressionException with the column in the template's text
     */
    public static Template parse(String text) {
        if (text.length() > MAX_LENGTH) {
            throw new ExpressionException(
                    text.substring(0, 40) + "…", 0, "longer than " + MAX_LENGTH + " characters: " + text.length());
        }
        return new Scanner(text).scan();
    }

    @Override
    public String toString() {
        return text;
    }

    /** Walks the text once. */
    private static final class Scanner {
        private final String text;
        private final List<String> literals = new ArrayList<>();
        private final List<Code> holes = new ArrayList<>();
        private final StringBuilder literal = new StringBuilder();
        private int at;

        Scanner(String text) {
            this.text = text;
        }

        Template scan() {
            while (at < text.length()) {
                char c = text.charAt(at);
                if ((c == '{' || c == '}') && at + 1 < text.length() && text.charAt(at + 1) == c) {
                    literal.append(c);
                    at += 2;
                } else if (c == '{') {
                    hole();
                } else if (c == '}') {
                    throw new ExpressionException(text, at, "'}' closes nothing; write '}}' for the brace itself");
                } else {
                    literal.append(c);
                    at++;
                }
            }
            literals.add(literal.toString());
            return new Template(text, literals, holes);
        }

        private void hole() {
            int start = at + 1;
            int end = closingBrace(start);
            if (holes.size() == MAX_HOLES) {
                throw new ExpressionException(text, at, "more than " + MAX_HOLES + " holes in one template");
            }
            holes.add(parseAt(start, end));
            literals.add(literal.toString());
            literal.setLength(0);
            at = end + 1;
        }

        private Code parseAt(int start, int end) {
            if (text.substring(start, end).isBlank()) {
                throw new ExpressionException(text, at, "the braces are empty; write '{{' for the brace itself");
            }
            try {
                return Code.parse(text.substring(start, end));
            } catch (ExpressionException e) {
                throw new ExpressionException(text, start + e.column() - 1, e.problem());
            }
        }

        /** The end of the hole; braces inside quotes don't count. */
        private int closingBrace(int start) {
            char quote = 0;
            for (int i = start; i < text.length(); i++) {
                char c = text.charAt(i);
                if (quote != 0) {
                    if (c == '\\') {
                        i++;
                    } else if (c == quote) {
                        quote = 0;
                    }
                } else if (c == '"' || c == '\'') {
                    quote = c;
                } else if (c == '}') {
                    return i;
                }
            }
            throw new ExpressionException(text, at, "this '{' is never closed; write '{{' for the brace itself");
        }
    }
}
