package io.plumbline.config.expression;

/** The operators with two operands, with Java's precedence (a higher number binds tighter). */
public enum BinaryOperator {
    OR("||", 1, Kind.LOGIC),
    AND("&&", 2, Kind.LOGIC),
    BIT_OR("|", 3, Kind.BITS),
    BIT_XOR("^", 4, Kind.BITS),
    BIT_AND("&", 5, Kind.BITS),
    EQUAL("==", 6, Kind.EQUALITY),
    NOT_EQUAL("!=", 6, Kind.EQUALITY),
    LESS("<", 7, Kind.COMPARISON),
    LESS_OR_EQUAL("<=", 7, Kind.COMPARISON),
    GREATER(">", 7, Kind.COMPARISON),
    GREATER_OR_EQUAL(">=", 7, Kind.COMPARISON),
    SHIFT_LEFT("<<", 8, Kind.SHIFT),
    SHIFT_RIGHT(">>", 8, Kind.SHIFT),
    SHIFT_RIGHT_UNSIGNED(">>>", 8, Kind.SHIFT),
    PLUS("+", 9, Kind.ARITHMETIC),
    MINUS("-", 9, Kind.ARITHMETIC),
    TIMES("*", 10, Kind.ARITHMETIC),
    DIVIDE("/", 10, Kind.ARITHMETIC),
    REMAINDER("%", 10, Kind.ARITHMETIC);

    /** What the operands must be. */
    public enum Kind {
        LOGIC,
        BITS,
        EQUALITY,
        COMPARISON,
        SHIFT,
        ARITHMETIC
    }

    /** {@code instanceof} stands beside the comparisons. */
    static final int INSTANCEOF_PRECEDENCE = 7;

    private final String symbol;
    private final int precedence;
    private final Kind kind;

    BinaryOperator(String symbol, int precedence, Kind kind) {
        this.symbol = symbol;
        this.precedence = precedence;
        this.kind = kind;
    }

    public String symbol() {
        return symbol;
    }

    public Kind kind() {
        return kind;
    }

    int precedence() {
        return precedence;
    }

    /** The operator written so, or null. */
    static BinaryOperator of(String symbol) {
        for (BinaryOperator operator : values()) {
            if (operator.symbol.equals(symbol)) {
                return operator;
            }
        }
        return null;
    }
}
