package io.plumbline.config.expression;

/**
 * An expression can't be used. The message names the column and shows the text with a caret under it:
 *
 * <pre>
 * column 7: '=' would assign, and expressions change nothing; '==' compares
 *   total = 100
 *         ^
 * </pre>
 */
public final class ExpressionException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String problem;
    private final int column;

    /**
     * @param at 0-based offset in the text
     * @param problem a sentence that says what to do
     */
    public ExpressionException(String text, int at, String problem) {
        super("column " + (at + 1) + ": " + problem + "\n  " + text.replace('\n', ' ') + "\n  " + " ".repeat(at) + "^");
        this.problem = problem;
        this.column = at + 1;
    }

    /** The sentence alone. */
    public String problem() {
        return problem;
    }

    /** 1-based. */
    public int column() {
        return column;
    }
}
