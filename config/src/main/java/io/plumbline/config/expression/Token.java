package io.plumbline.config.expression;

/**
 * One word of an expression.
 *
 * @param text as written; for literals see value
 * @param value of a literal
 * @param at 0-based offset
 */
record Token(Kind kind, String text, Object value, int at) {

    enum Kind {
        LITERAL,
        NAME,
        SPECIAL,
        SYMBOL,
        END
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName(String name) {
        return kind == Kind.NAME && text.equals(name);
    }

    /** As an error message shows it. */
    String shown() {
        return kind == Kind.END ? "the end" : "'" + text + "'";
    }
}
