package io.plumbline.config.expression;

/** The operators with one operand. */
public enum UnaryOperator {
    PLUS("+"),
    MINUS("-"),
    NOT("!"),
    COMPLEMENT("~");

    private final String symbol;

    UnaryOperator(String symbol) {
        this.symbol = symbol;
    }

    public String symbol() {
        return symbol;
    }
}
