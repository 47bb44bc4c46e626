package io.plumbline.config.expression;

import java.util.List;

/**
 * One parsed expression. Nothing in it can assign, create objects or call a method by other than its name; which names
 * may be called is decided by whoever knows the types.
 *
 * <p>{@link #at()} is the 0-based offset in the text, for errors.
 */
public sealed interface Expression {

    int at();

    /**
     * @param value Integer, Long, Float, Double, Character, String, Boolean or null
     */
    record Literal(Object value, int at) implements Expression {}

    /** A local variable, {@code this}, a field of {@code this}, or the start of a class name. */
    record Name(String name, int at) implements Expression {}

    /** {@code $name}: what the Java language has no word for. */
    record Special(String name, int at) implements Expression {}

    record Member(Expression target, String name, int at) implements Expression {}

    record Element(Expression target, Expression index, int at) implements Expression {}

    record Call(Expression target, String name, List<Expression> arguments, int at) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record Unary(UnaryOperator operator, Expression operand, int at) implements Expression {}

    record Binary(BinaryOperator operator, Expression left, Expression right, int at) implements Expression {}

    record InstanceOf(Expression operand, String type, int at) implements Expression {}

    record Cast(String type, Expression operand, int at) implements Expression {}

    record Conditional(Expression condition, Expression whenTrue, Expression whenFalse, int at) implements Expression {}
}
