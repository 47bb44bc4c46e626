package io.plumbline.agent.bridge;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * The calls of expressions on objects whose class is known only at run time. An interface such as {@link List} can be
 * implemented by the application, and wrappers can hide its classes, so only exact classes of the JDK are trusted; for
 * any other the answer is null, which makes the expression null.
 *
 * <p>Arguments that reach {@code equals} or {@code hashCode} are texts and boxed primitives only; the type checker holds
 * that.
 */
public final class Calls {
    private static final int SCAN_LIMIT = 1_000;

    /**
     * Their methods call nothing of the application for size, emptiness and positions, and take no lock: a hit must not
     * wait, so Vector and Hashtable are none of them.
     */
    private static final Set<String> TRUSTED = Set.of(
            "java.util.ArrayList",
            "java.util.LinkedList",
            "java.util.ArrayDeque",
            "java.util.Arrays$ArrayList",
            "java.util.Collections$EmptyList",
            "java.util.Collections$EmptyMap",
            "java.util.Collections$EmptySet",
            "java.util.Collections$SingletonList",
            "java.util.HashMap",
            "java.util.HashSet",
            "java.util.IdentityHashMap",
            "java.util.ImmutableCollections$List12",
            "java.util.ImmutableCollections$ListN",
            "java.util.ImmutableCollections$Map1",
            "java.util.ImmutableCollections$MapN",
            "java.util.ImmutableCollections$Set12",
            "java.util.ImmutableCollections$SetN",
            "java.util.LinkedHashMap",
            "java.util.LinkedHashSet",
            "java.util.TreeMap",
            "java.util.EnumMap",
            "java.util.concurrent.ConcurrentHashMap",
            "java.util.concurrent.CopyOnWriteArrayList");

    private static final ClassValue<Boolean> IS_TRUSTED = new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            return type.getClassLoader() == null && TRUSTED.contains(type.getName());
        }
    };

    private Calls() {}

    /** Numbers whose toString runs the JDK only; an accumulator's runs the function it was made with. */
    private static final Set<Class<?>> NUMBERS = Set.of(
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            BigInteger.class,
            BigDecimal.class,
            AtomicInteger.class,
            AtomicLong.class,
            LongAdder.class,
            DoubleAdder.class);

    /** Whether the methods of this very class run no application code. */
    public static boolean isTrusted(Object object) {
        return IS_TRUSTED.get(object.getClass());
    }

    /** The object if its very class comes with the JDK's core, else null: an application's subclass may override. */
    public static Object jdkOrNull(Object object) {
        return object != null && object.getClass().getClassLoader() == null ? object : null;
    }

    /** Whether the methods of objects of this very class run no application code. */
    public static boolean isTrustedClass(Class<?> type) {
        return IS_TRUSTED.get(type);
    }

    /** {@code size()} of a collection or map. */
    public static Integer size(Object object) {
        if (!isTrusted(object)) {
            return null;
        }
        return object instanceof Map<?, ?> map ? map.size() : ((Collection<?>) object).size();
    }

    /** {@code isEmpty()} of a collection or map. */
    public static Boolean isEmpty(Object object) {
        Integer size = size(object);
        return size == null ? null : size == 0;
    }

    /** {@code get(int)} of a list; null beyond its end, and where a linked list would have to be walked too far. */
    public static Object get(Object object, int index) {
        if (!isTrusted(object) || !(object instanceof List<?> list) || index < 0 || index >= list.size()) {
            return null;
        }
        boolean far = Math.min(index, list.size() - index) > SCAN_LIMIT;
        return far && object.getClass().getName().equals("java.util.LinkedList") ? null : list.get(index);
    }

    /** {@code get(key)} of a map. An entry's place in an access-ordered map is not touched. */
    public static Object get(Object object, Object key) {
        if (!isTrusted(object)
                || !(object instanceof Map<?, ?> map)
                || key == null
                || map.getClass().getName().equals("java.util.TreeMap")) {
            return null;
        }
        if (!object.getClass().getName().equals("java.util.LinkedHashMap")) {
            return map.get(key);
        }
        int seen = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (key.equals(entry.getKey())) {
                return entry.getValue();
            }
            if (++seen == SCAN_LIMIT) {
                return null;
            }
        }
        return null;
    }

    /**
     * {@code contains(value)} of a collection, {@code containsKey(key)} of a map; null where the first elements of a
     * collection that must be walked do not tell.
     */
    public static Boolean contains(Object object, Object value) {
        if (!isTrusted(object) || value == null) {
            return null;
        }
        if (object instanceof Map<?, ?> map) {
            return map.getClass().getName().equals("java.util.TreeMap") ? null : (Boolean) map.containsKey(value);
        }
        Collection<?> items = (Collection<?>) object;
        // a Set.of(a, b) asks b whether it equals the value; here the value is asked
        boolean asks = object.getClass().getName().equals("java.util.ImmutableCollections$Set12");
        return items instanceof Set<?> && !asks ? (Boolean) items.contains(value) : scan(items, value);
    }

    private static Boolean scan(Collection<?> items, Object value) {
        int seen = 0;
        for (Object item : items) {
            if (value.equals(item)) {
                return true;
            }
            if (++seen == SCAN_LIMIT) {
                return items.size() > SCAN_LIMIT ? null : false;
            }
        }
        return false;
    }

    /** Value equality as {@code ==} means it between texts. Any other object's equals could be the application's. */
    public static boolean sameText(Object a, Object b) {
        return a instanceof String text ? text.equals(b) : a == null && b == null;
    }

    /** Whether two values are the same object, equal texts, equal truth values or characters, or equal numbers. */
    public static boolean sameValue(Object a, Object b) {
        if (a == b || a == null || b == null) {
            return a == b;
        }
        if (!isPlain(a) || !isPlain(b)) {
            return false;
        }
        if (a instanceof Number x && b instanceof Number y) {
            return x.longValue() == y.longValue() && x.doubleValue() == y.doubleValue();
        }
        return a.equals(b);
    }

    /** An object inside a string concatenation; {@code toString} runs for JDK value classes only. */
    public static String text(Object value) {
        if (value == null) {
            return "null";
        }
        if (isPlain(value)) {
            return value.toString();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        // not getSimpleName, which may load the enclosing class
        String name = value.getClass().getName();
        return name.substring(name.lastIndexOf('.') + 1) + "@" + Integer.toHexString(System.identityHashCode(value));
    }

    /** Texts, numbers, truth values and characters: what can be written by its own toString. */
    public static boolean isPlain(Object value) {
        return value instanceof String
                || value instanceof Boolean
                || value instanceof Character
                || NUMBERS.contains(value.getClass());
    }
}
