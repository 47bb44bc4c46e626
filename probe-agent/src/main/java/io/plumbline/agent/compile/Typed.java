package io.plumbline.agent.compile;

import io.plumbline.config.expression.BinaryOperator;
import io.plumbline.config.expression.UnaryOperator;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * An expression whose parts are resolved against real classes. {@link #type()} is the static type; {@link NullType} for
 * the literal null.
 */
sealed interface Typed {

    Class<?> type();

    default boolean isPrimitive() {
        return type().isPrimitive();
    }

    /** Marks the type of the literal null. */
    final class NullType {
        private NullType() {}
    }

    /** A literal: Integer, Long, Float, Double, Character, Boolean, String or null. */
    record Constant(Object value, Class<?> type) implements Typed {}

    /** What the site handed over, by slot of the generated method. */
    record Argument(int slot, Class<?> type) implements Typed {}

    /**
     * A field.
     *
     * @param target null for a static field
     * @param getter takes Object (or nothing) and gives the field's primitive, or Object
     */
    record FieldRead(Typed target, MethodHandle getter, Class<?> type) implements Typed {}

    record ElementRead(Typed array, Typed index, Class<?> type) implements Typed {}

    record Length(Typed array) implements Typed {
        @Override
        public Class<?> type() {
            return int.class;
        }
    }

    /**
     * A call of a pure JDK method. Reference arguments are taken as Object; one that is null makes the result null.
     *
     * @param target erased to Object and primitives
     */
    record Call(MethodHandle target, List<Typed> arguments, Class<?> type) implements Typed {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /**
     * What the receiver's class decides. As {@link Call}, and a null pointer exception makes the result null.
     *
     * @param caught takes that exception and gives nothing
     */
    record Received(MethodHandle target, MethodHandle caught, List<Typed> arguments, Class<?> type) implements Typed {
        public Received {
            arguments = List.copyOf(arguments);
        }
    }

    /** To another primitive; from a box, by unboxing. */
    record Convert(Typed operand, Class<?> type) implements Typed {}

    /** To a reference type; an object of another class becomes null. */
    record Cast(Typed operand, Class<?> type) implements Typed {}

    /** Both operands are of the result's type, but for shifts, whose right one is an int. */
    record Arithmetic(BinaryOperator operator, Typed left, Typed right, Class<?> type) implements Typed {}

    /** Minus and complement. */
    record Sign(UnaryOperator operator, Typed operand, Class<?> type) implements Typed {}

    /** Parts as they stand in a concatenation. */
    record Concat(List<Typed> parts) implements Typed {
        public Concat {
            parts = List.copyOf(parts);
        }

        @Override
        public Class<?> type() {
            return String.class;
        }
    }

    record Choice(Typed condition, Typed whenTrue, Typed whenFalse, Class<?> type) implements Typed {}

    /** What is true or false. */
    sealed interface Truth extends Typed {
        @Override
        default Class<?> type() {
            return boolean.class;
        }
    }

    /** Both operands are of one primitive type. */
    record Compare(BinaryOperator operator, Typed left, Typed right) implements Truth {}

    /** How two references are compared: as objects, as texts, or as texts and numbers where both are such. */
    enum Sameness {
        IDENTITY,
        TEXT,
        VALUE
    }

    /** Two references. Nulls take part. */
    record Same(Typed left, Typed right, Sameness as, boolean negated) implements Truth {}

    record IsInstance(Typed operand, Class<?> of) implements Truth {}

    record Not(Typed operand) implements Truth {}

    record And(Typed left, Typed right) implements Truth {}

    record Or(Typed left, Typed right) implements Truth {}
}
