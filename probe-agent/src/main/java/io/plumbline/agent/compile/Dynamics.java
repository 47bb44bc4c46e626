package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.Calls;
import io.plumbline.config.expression.BinaryOperator;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;

/**
 * Operators on values whose type only the hit knows: what a collection gave, a member found at run time. Whole numbers
 * count as long, all others as double; a value of another kind makes the result null. Results are boxed, so these
 * operators may allocate where the JIT can't help it. Run by application threads.
 */
final class Dynamics {
    private static final MethodHandle TO_LONG = Handles.of(Dynamics.class, "toLong", Long.class, Object.class);
    private static final MethodHandle TO_DOUBLE = Handles.of(Dynamics.class, "toDouble", Double.class, Object.class);
    private static final MethodHandle TO_BOOLEAN = Handles.of(Dynamics.class, "toBoolean", Boolean.class, Object.class);
    private static final MethodHandle ELEMENT =
            Handles.of(Dynamics.class, "element", Object.class, Object.class, int.class);
    private static final MethodHandle LENGTH = Handles.of(Dynamics.class, "length", Object.class, Object.class);
    private static final MethodHandle WITH_LONG = compareHandle(long.class);
    private static final MethodHandle WITH_DOUBLE = compareHandle(double.class);
    private static final MethodHandle WITH_OBJECT = compareHandle(Object.class);
    private static final MethodHandle ARITHMETIC =
            Handles.of(Dynamics.class, "arithmetic", Object.class, BinaryOperator.class, Object.class, Object.class);

    private Dynamics() {}

    private static MethodHandle compareHandle(Class<?> right) {
        return Handles.of(Dynamics.class, "compare", Boolean.class, BinaryOperator.class, Object.class, right);
    }

    /** The value as a primitive: {@code (Object)} to a box of it, or of a wider one. */
    static Typed as(Class<?> primitive, Typed operand) {
        if (primitive == boolean.class) {
            return call(TO_BOOLEAN, Boolean.class, operand);
        }
        return primitive == float.class || primitive == double.class
                ? call(TO_DOUBLE, Double.class, operand)
                : call(TO_LONG, Long.class, operand);
    }

    /** A comparison, equality included, of a value of unknown type with a number or another of unknown type. */
    static Typed comparison(BinaryOperator operator, Typed left, Typed right) {
        if (!Types.mayHoldNumber(left.type())) {
            return comparison(turned(operator), right, left);
        }
        if (!Types.isNumeric(right.type())) {
            return call(WITH_OBJECT.bindTo(operator), Boolean.class, left, right);
        }
        boolean whole = Types.isWhole(right.type());
        Typed number = Operators.convert(right, whole ? long.class : double.class);
        return call((whole ? WITH_LONG : WITH_DOUBLE).bindTo(operator), Boolean.class, left, number);
    }

    private static BinaryOperator turned(BinaryOperator operator) {
        return switch (operator) {
            case LESS -> BinaryOperator.GREATER;
            case LESS_OR_EQUAL -> BinaryOperator.GREATER_OR_EQUAL;
            case GREATER -> BinaryOperator.LESS;
            case GREATER_OR_EQUAL -> BinaryOperator.LESS_OR_EQUAL;
            default -> operator;
        };
    }

    static Typed arithmetic(BinaryOperator operator, Typed left, Typed right) {
        return call(ARITHMETIC.bindTo(operator), Object.class, left, right);
    }

    /** An element of what may be an array. */
    static Typed elementOf(Typed array, Typed index) {
        return call(ELEMENT, Object.class, array, index);
    }

    /** Takes an array as Object and gives its length. */
    static MethodHandle length() {
        return LENGTH;
    }

    private static Typed call(MethodHandle target, Class<?> type, Typed... arguments) {
        return new Typed.Call(
                target.asType(target.type().changeReturnType(Types.erased(type))), List.of(arguments), type);
    }

    private static boolean isNumber(Object value) {
        return value instanceof Number && Calls.isPlain(value);
    }

    private static boolean isWhole(Object value) {
        return value instanceof Character
                || (isNumber(value)
                        && !(value instanceof Double || value instanceof Float || value instanceof BigDecimal)
                        && !(value instanceof BigInteger big && big.bitLength() > Long.SIZE - 1)
                        && !(value instanceof java.util.concurrent.atomic.DoubleAdder));
    }

    private static long whole(Object value) {
        return value instanceof Character c ? c : ((Number) value).longValue();
    }

    private static Long toLong(Object value) {
        if (value instanceof Long same) {
            return same;
        }
        return value instanceof Character c ? Long.valueOf(c) : isNumber(value) ? ((Number) value).longValue() : null;
    }

    private static Double toDouble(Object value) {
        if (value instanceof Double same) {
            return same;
        }
        return value instanceof Character c
                ? Double.valueOf(c)
                : isNumber(value) ? ((Number) value).doubleValue() : null;
    }

    private static Boolean toBoolean(Object value) {
        return value instanceof Boolean same ? same : null;
    }

    private static Object element(Object array, int index) {
        return array.getClass().isArray() ? Array.get(array, index) : null;
    }

    private static Object length(Object array) {
        return Array.getLength(array);
    }

    private static Boolean compare(BinaryOperator operator, Object left, long right) {
        if (isWhole(left)) {
            return holds(operator, Long.compare(whole(left), right));
        }
        return compare(operator, left, (double) right);
    }

    private static Boolean compare(BinaryOperator operator, Object left, double right) {
        if (left instanceof Character || isNumber(left)) {
            double value = left instanceof Character c ? c : ((Number) left).doubleValue();
            boolean unordered = Double.isNaN(value) || Double.isNaN(right);
            return unordered
                    ? operator == BinaryOperator.NOT_EQUAL
                    : holds(operator, value < right ? -1 : value > right ? 1 : 0);
        }
        return switch (operator) {
            case EQUAL -> false;
            case NOT_EQUAL -> true;
            default -> null;
        };
    }

    private static Boolean compare(BinaryOperator operator, Object left, Object right) {
        if (isWhole(right)) {
            return compare(operator, left, whole(right));
        }
        return isNumber(right) ? compare(operator, left, ((Number) right).doubleValue()) : null;
    }

    private static Boolean holds(BinaryOperator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
            default -> throw new IllegalArgumentException("no comparison: " + operator);
        };
    }

    private static Object arithmetic(BinaryOperator operator, Object left, Object right) {
        if (isWhole(left) && isWhole(right)) {
            return whole(operator, whole(left), whole(right));
        }
        if (operator == BinaryOperator.PLUS && (left instanceof String || right instanceof String)) {
            return Calls.text(left) + Calls.text(right);
        }
        Double a = toDouble(left);
        Double b = toDouble(right);
        return a == null || b == null ? null : floating(operator, a, b);
    }

    private static Long whole(BinaryOperator operator, long left, long right) {
        return switch (operator) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDE -> left / right;
            case REMAINDER -> left % right;
            default -> throw new IllegalArgumentException("no arithmetic: " + operator);
        };
    }

    private static Double floating(BinaryOperator operator, double left, double right) {
        return switch (operator) {
            case PLUS -> left + right;
            case MINUS -> left - right;
            case TIMES -> left * right;
            case DIVIDE -> left / right;
            case REMAINDER -> left % right;
            default -> throw new IllegalArgumentException("no arithmetic: " + operator);
        };
    }
}
