package io.plumbline.agent.compile;

import io.plumbline.agent.compile.Typed.NullType;
import java.lang.invoke.MethodType;
import java.util.List;
import java.util.Map;

/** Java's rules on types, as far as expressions need them (JLS §5). */
final class Types {
    private static final List<Class<?>> NUMERIC =
            List.of(byte.class, short.class, char.class, int.class, long.class, float.class, double.class);
    private static final Map<Class<?>, Class<?>> UNBOXED = Map.of(
            Byte.class, byte.class,
            Short.class, short.class,
            Character.class, char.class,
            Integer.class, int.class,
            Long.class, long.class,
            Float.class, float.class,
            Double.class, double.class,
            Boolean.class, boolean.class);
    private static final Map<String, Class<?>> PRIMITIVES = Map.of(
            "boolean", boolean.class,
            "byte", byte.class,
            "short", short.class,
            "char", char.class,
            "int", int.class,
            "long", long.class,
            "float", float.class,
            "double", double.class);

    private Types() {}

    /** The primitive type of a box, or the type itself. */
    static Class<?> unboxed(Class<?> type) {
        return UNBOXED.getOrDefault(type, type);
    }

    /** The box of a primitive type, or the type itself. */
    static Class<?> boxed(Class<?> type) {
        return MethodType.methodType(type).wrap().returnType();
    }

    /** Whether values of the type are numbers once unboxed; a char counts, as in Java. */
    static boolean isNumeric(Class<?> type) {
        return NUMERIC.contains(unboxed(type));
    }

    static boolean isWhole(Class<?> type) {
        Class<?> primitive = unboxed(type);
        return isNumeric(type) && primitive != float.class && primitive != double.class;
    }

    static boolean isBoolean(Class<?> type) {
        return unboxed(type) == boolean.class;
    }

    /** Whether a value of the static type may turn out to be a number of any kind: Object, Number, Comparable. */
    static boolean mayHoldNumber(Class<?> type) {
        return type != Integer.class && type.isAssignableFrom(Integer.class);
    }

    /** Whether a value of the static type may turn out to be true or false. */
    static boolean mayHoldTruth(Class<?> type) {
        return type != Boolean.class && type.isAssignableFrom(Boolean.class);
    }

    /** Binary numeric promotion (JLS §5.6.2). */
    static Class<?> promoted(Class<?> left, Class<?> right) {
        Class<?> a = unboxed(left);
        Class<?> b = unboxed(right);
        if (a == double.class || b == double.class) {
            return double.class;
        }
        if (a == float.class || b == float.class) {
            return float.class;
        }
        return a == long.class || b == long.class ? long.class : int.class;
    }

    /** Whether a primitive may widen to another (JLS §5.1.2). */
    static boolean widens(Class<?> from, Class<?> to) {
        if (from == to) {
            return true;
        }
        if (!NUMERIC.contains(from) || !NUMERIC.contains(to) || to == char.class) {
            return false;
        }
        boolean charToSmall = from == char.class && (to == byte.class || to == short.class);
        return !charToSmall && NUMERIC.indexOf(from) < NUMERIC.indexOf(to);
    }

    /** The primitive of a keyword, or null. */
    static Class<?> primitive(String keyword) {
        return PRIMITIVES.get(keyword);
    }

    /** A type as a message names it. */
    static String name(Class<?> type) {
        return type == NullType.class ? "null" : type.getTypeName();
    }

    /** References as Object, primitives as they are. */
    static Class<?> erased(Class<?> type) {
        return type.isPrimitive() ? type : Object.class;
    }
}
