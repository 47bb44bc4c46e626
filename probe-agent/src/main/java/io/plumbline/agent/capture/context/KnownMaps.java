package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the maps that logging libraries keep for a thread, without a copy and without a lock, as they belong to the
 * thread that reads. Exact classes only: HashMap and LinkedHashMap, those wrapped by Collections, Log4j's sorted arrays
 * and its array of pairs. Another class reads as empty.
 */
final class KnownMaps {
    private static final int MAX_WRAPPERS = 3;

    private final PrivateReads reads;

    private final ClassValue<Shape> shapes = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return shape(type);
        }
    };

    /**
     * How a class is read.
     *
     * @param inner the map that it wraps, or the array that it keeps; null if none
     */
    private record Shape(Kind kind, MethodHandle inner, MethodHandle keys, MethodHandle values) {
        Shape(Kind kind) {
            this(kind, null, null, null);
        }
    }

    private enum Kind {
        HASH,
        WRAPPED,
        SORTED_ARRAYS,
        PAIRS,
        UNKNOWN
    }

    KnownMaps(PrivateReads reads) {
        this.reads = reads;
        // opens the JDK's package now rather than at a hit
        shapes.get(java.util.Collections.unmodifiableMap(new HashMap<>()).getClass());
        shapes.get(java.util.Collections.synchronizedMap(new HashMap<>()).getClass());
    }

    private Shape shape(Class<?> type) {
        Shape shape = switch (type.getName()) {
            case "java.util.HashMap", "java.util.LinkedHashMap" -> new Shape(Kind.HASH);
            case "java.util.Collections$UnmodifiableMap", "java.util.Collections$SynchronizedMap" ->
                new Shape(Kind.WRAPPED, reads.getter(type, "m"), null, null);
            case "org.apache.logging.log4j.internal.map.UnmodifiableArrayBackedMap" ->
                new Shape(Kind.WRAPPED, reads.getter(type, "backingArray"), null, null);
            case "org.apache.logging.log4j.util.SortedArrayStringMap" ->
                new Shape(Kind.SORTED_ARRAYS, null, reads.getter(type, "keys"), reads.getter(type, "values"));
            case "[Ljava.lang.Object;" -> new Shape(Kind.PAIRS);
            default -> new Shape(Kind.UNKNOWN);
        };
        boolean lacks = shape.kind() == Kind.WRAPPED && shape.inner() == null
                || shape.kind() == Kind.SORTED_ARRAYS && (shape.keys() == null || shape.values() == null);
        return lacks ? new Shape(Kind.UNKNOWN) : shape;
    }

    /** The text of a key; null if there is none. */
    String get(Object map, String key) throws Throwable {
        Object inner = unwrapped(map);
        if (inner == null) {
            return null;
        }
        Shape shape = shapes.get(inner.getClass());
        Object found = switch (shape.kind()) {
            case HASH -> hashed(inner, key);
            case SORTED_ARRAYS -> sorted(shape, inner, key);
            case PAIRS -> paired((Object[]) inner, key);
            default -> null;
        };
        return found instanceof String text ? text : null;
    }

    /** A LinkedHashMap in access order would be changed by a get. */
    private static Object hashed(Object map, String key) {
        if (map.getClass() == HashMap.class) {
            return ((HashMap<?, ?>) map).get(key);
        }
        for (Map.Entry<?, ?> entry : ((LinkedHashMap<?, ?>) map).entrySet()) {
            if (key.equals(entry.getKey())) {
                return entry.getValue();
            }
        }
        return null;
    }

    private static Object sorted(Shape shape, Object map, String key) throws Throwable {
        Object[] keys = (Object[]) (Object) shape.keys().invokeExact(map);
        Object[] values = (Object[]) (Object) shape.values().invokeExact(map);
        for (int i = 0; i < Math.min(keys.length, values.length); i++) {
            if (key.equals(keys[i])) {
                return values[i];
            }
        }
        return null;
    }

    private static Object paired(Object[] array, String key) {
        for (int i = 1; i + 1 < array.length; i += 2) {
            if (key.equals(array[i])) {
                return array[i + 1];
            }
        }
        return null;
    }

    /** All pairs of texts. */
    void each(Object map, PairGate gate) throws Throwable {
        Object inner = unwrapped(map);
        if (inner == null) {
            return;
        }
        Shape shape = shapes.get(inner.getClass());
        switch (shape.kind()) {
            case HASH -> ((HashMap<?, ?>) inner).forEach(gate::text);
            case SORTED_ARRAYS ->
                each(
                        (Object[]) (Object) shape.keys().invokeExact(inner),
                        (Object[]) (Object) shape.values().invokeExact(inner),
                        gate);
            case PAIRS -> each((Object[]) inner, gate);
            default -> {}
        }
    }

    private static void each(Object[] keys, Object[] values, PairGate gate) {
        for (int i = 0; i < Math.min(keys.length, values.length); i++) {
            gate.text(keys[i], values[i]);
        }
    }

    private static void each(Object[] array, PairGate gate) {
        for (int i = 1; i + 1 < array.length; i += 2) {
            gate.text(array[i], array[i + 1]);
        }
    }

    private Object unwrapped(Object map) throws Throwable {
        Object inner = map;
        for (int i = 0; i < MAX_WRAPPERS && inner != null; i++) {
            Shape shape = shapes.get(inner.getClass());
            if (shape.kind() != Kind.WRAPPED) {
                return inner;
            }
            inner = (Object) shape.inner().invokeExact(inner);
        }
        return null;
    }
}
