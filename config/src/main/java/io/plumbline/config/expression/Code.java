package io.plumbline.config.expression;

import java.util.Objects;

/** An expression together with the text it was parsed from; equal when the texts are. */
public final class Code {
    private final String text;
    private final Expression expression;

    private Code(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * Parses a text.
     *
     * @throws ExpressionException with the column, when it is no expression of the language
     */
    public static Code parse(String text) {
        Objects.requireNonNull(text, "text");
        return new Code(text, new Parser(text).parse());
    }

    public String text() {
        return text;
    }

    public Expression expression() {
        return expression;
    }

    /** An error at a place in this text. */
    public ExpressionException error(int at, String problem) {
        return new ExpressionException(text, at, problem);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Code code && code.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
