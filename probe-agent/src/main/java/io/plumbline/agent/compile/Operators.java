package io.plumbline.agent.compile;

import io.plumbline.agent.compile.Typed.NullType;
import io.plumbline.config.expression.BinaryOperator;
import io.plumbline.config.expression.Code;
import io.plumbline.config.expression.Expression;
import io.plumbline.config.expression.UnaryOperator;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The types of operators, by Java's rules (JLS §15), but for {@code ==} between texts, which compares their values. */
final class Operators {
    private final Code code;
    private final Function<Expression, Typed> typer;

    /**
     * @param typer types operands
     */
    Operators(Code code, Function<Expression, Typed> typer) {
        this.code = code;
        this.typer = typer;
    }

    Typed type(Expression expression) {
        if (expression instanceof Expression.Unary unary) {
            return unary(unary);
        }
        if (expression instanceof Expression.Conditional conditional) {
            return conditional(conditional);
        }
        Expression.Binary binary = (Expression.Binary) expression;
        Typed left = typer.apply(binary.left());
        Typed right = typer.apply(binary.right());
        return switch (binary.operator().kind()) {
            case LOGIC -> logic(binary, left, right);
            case EQUALITY -> equality(binary, left, right);
            case COMPARISON -> comparison(binary, left, right);
            case ARITHMETIC -> arithmetic(binary, left, right);
            case BITS -> bits(binary, left, right);
            case SHIFT -> shift(binary, left, right);
        };
    }

    /** The value as a primitive type: unboxed and widened or narrowed as needed. */
    static Typed convert(Typed operand, Class<?> primitive) {
        if (operand.type() == primitive) {
            return operand;
        }
        boolean open =
                primitive == boolean.class ? Types.mayHoldTruth(operand.type()) : Types.mayHoldNumber(operand.type());
        return new Typed.Convert(open ? Dynamics.as(primitive, operand) : operand, primitive);
    }

    private Typed unary(Expression.Unary unary) {
        Typed operand = typer.apply(unary.operand());
        if (unary.operator() == UnaryOperator.NOT) {
            return new Typed.Not(truth(operand, unary.at(), "!"));
        }
        if (unary.operator() != UnaryOperator.COMPLEMENT && Types.mayHoldNumber(operand.type())) {
            Typed one = new Typed.Constant(unary.operator() == UnaryOperator.MINUS ? -1 : 1, int.class);
            return Dynamics.arithmetic(BinaryOperator.TIMES, operand, one);
        }
        boolean fits = unary.operator() == UnaryOperator.COMPLEMENT
                ? Types.isWhole(operand.type())
                : Types.isNumeric(operand.type());
        if (!fits) {
            throw code.error(
                    unary.at(),
                    "'" + unary.operator().symbol() + "' needs a number; this is " + Types.name(operand.type()));
        }
        Class<?> type = Types.promoted(operand.type(), int.class);
        Typed converted = convert(operand, type);
        return unary.operator() == UnaryOperator.PLUS ? converted : new Typed.Sign(unary.operator(), converted, type);
    }

    private Typed conditional(Expression.Conditional conditional) {
        Typed condition = truth(typer.apply(conditional.condition()), conditional.at(), "?");
        Typed yes = typer.apply(conditional.whenTrue());
        Typed no = typer.apply(conditional.whenFalse());
        Class<?> type = choiceType(yes, no);
        if (type.isPrimitive()) {
            return new Typed.Choice(condition, convert(yes, type), convert(no, type), type);
        }
        return new Typed.Choice(condition, yes, no, type);
    }

    private static Class<?> choiceType(Typed yes, Typed no) {
        Class<?> a = yes.type();
        Class<?> b = no.type();
        if (Types.isNumeric(a) && Types.isNumeric(b)) {
            return Types.unboxed(a) == Types.unboxed(b) ? Types.unboxed(a) : Types.promoted(a, b);
        }
        if (Types.isBoolean(a) && Types.isBoolean(b)) {
            return boolean.class;
        }
        if (a == NullType.class || b == NullType.class) {
            Class<?> other = a == NullType.class ? b : a;
            return other.isPrimitive() ? Types.boxed(other) : other;
        }
        if (a.isPrimitive() || b.isPrimitive()) {
            return Object.class;
        }
        return a.isAssignableFrom(b) ? a : b.isAssignableFrom(a) ? b : Object.class;
    }

    private Typed logic(Expression.Binary binary, Typed left, Typed right) {
        String symbol = binary.operator().symbol();
        Typed a = truth(left, binary.at(), symbol);
        Typed b = truth(right, binary.at(), symbol);
        return binary.operator() == BinaryOperator.AND ? new Typed.And(a, b) : new Typed.Or(a, b);
    }

    private Typed truth(Typed operand, int at, String symbol) {
        if (!Types.isBoolean(operand.type()) && !Types.mayHoldTruth(operand.type())) {
            throw code.error(
                    at, "'" + symbol + "' needs true or false on each side; this is " + Types.name(operand.type()));
        }
        return convert(operand, boolean.class);
    }

    private Typed comparison(Expression.Binary binary, Typed left, Typed right) {
        if (isDynamic(left, right)) {
            return convert(Dynamics.comparison(binary.operator(), left, right), boolean.class);
        }
        Class<?> type = numbers(binary, left, right);
        return new Typed.Compare(binary.operator(), convert(left, type), convert(right, type));
    }

    /** Whether one side may hold a number of any kind, and the other does so too or is one. */
    private static boolean isDynamic(Typed left, Typed right) {
        boolean a = Types.mayHoldNumber(left.type());
        boolean b = Types.mayHoldNumber(right.type());
        return (a && (b || Types.isNumeric(right.type()))) || (b && Types.isNumeric(left.type()));
    }

    private Typed equality(Expression.Binary binary, Typed left, Typed right) {
        Class<?> a = left.type();
        Class<?> b = right.type();
        if (Types.isNumeric(a) && Types.isNumeric(b)) {
            Class<?> type = Types.promoted(a, b);
            return new Typed.Compare(binary.operator(), convert(left, type), convert(right, type));
        }
        if (Types.isBoolean(a) && Types.isBoolean(b)) {
            return new Typed.Compare(binary.operator(), convert(left, boolean.class), convert(right, boolean.class));
        }
        if (isDynamic(left, right) && (Types.isNumeric(a) || Types.isNumeric(b))) {
            return convert(Dynamics.comparison(binary.operator(), left, right), boolean.class);
        }
        if ((Types.isBoolean(a) && Types.mayHoldTruth(b)) || (Types.isBoolean(b) && Types.mayHoldTruth(a))) {
            return new Typed.Compare(binary.operator(), convert(left, boolean.class), convert(right, boolean.class));
        }
        boolean negated = binary.operator() == BinaryOperator.NOT_EQUAL;
        if (a.isPrimitive() || b.isPrimitive() || !comparable(a, b)) {
            throw code.error(binary.at(), Types.name(a) + " and " + Types.name(b) + " can never be equal");
        }
        Typed.Sameness as = a == String.class || b == String.class
                ? Typed.Sameness.TEXT
                : isDynamic(left, right) ? Typed.Sameness.VALUE : Typed.Sameness.IDENTITY;
        return new Typed.Same(left, right, as, negated);
    }

    private static boolean comparable(Class<?> a, Class<?> b) {
        if (a == NullType.class || b == NullType.class || a.isAssignableFrom(b) || b.isAssignableFrom(a)) {
            return true;
        }
        boolean aOpen = !Modifier.isFinal(a.getModifiers());
        boolean bOpen = !Modifier.isFinal(b.getModifiers());
        return (a.isInterface() && bOpen) || (b.isInterface() && aOpen);
    }

    private Typed arithmetic(Expression.Binary binary, Typed left, Typed right) {
        boolean text = left.type() == String.class || right.type() == String.class;
        if (binary.operator() == BinaryOperator.PLUS && text) {
            List<Typed> parts = new ArrayList<>(left instanceof Typed.Concat concat ? concat.parts() : List.of(left));
            parts.add(right);
            return new Typed.Concat(parts);
        }
        if (isDynamic(left, right)) {
            return Dynamics.arithmetic(binary.operator(), left, right);
        }
        Class<?> type = numbers(binary, left, right);
        return new Typed.Arithmetic(binary.operator(), convert(left, type), convert(right, type), type);
    }

    private Typed bits(Expression.Binary binary, Typed left, Typed right) {
        if (Types.isBoolean(left.type()) && Types.isBoolean(right.type())) {
            Typed a = convert(left, boolean.class);
            return new Typed.Arithmetic(binary.operator(), a, convert(right, boolean.class), boolean.class);
        }
        wholeNumbers(binary, left, right);
        Class<?> type = Types.promoted(left.type(), right.type());
        return new Typed.Arithmetic(binary.operator(), convert(left, type), convert(right, type), type);
    }

    private Typed shift(Expression.Binary binary, Typed left, Typed right) {
        wholeNumbers(binary, left, right);
        Class<?> type = Types.promoted(left.type(), int.class);
        return new Typed.Arithmetic(binary.operator(), convert(left, type), convert(right, int.class), type);
    }

    private Class<?> numbers(Expression.Binary binary, Typed left, Typed right) {
        refuseUnless(Types.isNumeric(left.type()), binary, "numbers", "left", left);
        refuseUnless(Types.isNumeric(right.type()), binary, "numbers", "right", right);
        return Types.promoted(left.type(), right.type());
    }

    private void wholeNumbers(Expression.Binary binary, Typed left, Typed right) {
        refuseUnless(Types.isWhole(left.type()), binary, "whole numbers", "left", left);
        refuseUnless(Types.isWhole(right.type()), binary, "whole numbers", "right", right);
    }

    private void refuseUnless(boolean fits, Expression.Binary binary, String need, String side, Typed operand) {
        if (!fits) {
            throw code.error(
                    binary.at(),
                    "'" + binary.operator().symbol() + "' needs " + need + "; the " + side + " side is "
                            + Types.name(operand.type()));
        }
    }
}
