package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;

/**
 * Reads the current thread's value of a thread-local without setting one: {@code get} would call initialValue, which a
 * subclass can override, and leave an entry in the thread.
 */
final class ThreadLocals {
    /** Takes a ThreadLocal and a thread, gives the entry; null where the JDK keeps them in another way. */
    private final MethodHandle entry;

    private final MethodHandle value;

    ThreadLocals(PrivateReads reads) {
        MethodHandle foundEntry = null;
        MethodHandle foundValue = null;
        try {
            Class<?> mapType = nested(ThreadLocal.class, "ThreadLocalMap");
            Class<?> entryType = nested(mapType, "Entry");
            MethodHandles.Lookup lookup = reads.lookup(ThreadLocal.class);
            MethodHandle map =
                    lookup.findVirtual(ThreadLocal.class, "getMap", MethodType.methodType(mapType, Thread.class));
            MethodHandle find = reads.lookup(mapType)
                    .findVirtual(mapType, "getEntry", MethodType.methodType(entryType, ThreadLocal.class));
            foundEntry = nullSafe(map, find, mapType, entryType);
            foundValue = reads.getter(entryType, "value");
        } catch (ReflectiveOperationException | RuntimeException e) {
            // nothing can be read
        }
        entry = foundValue == null ? null : foundEntry;
        value = foundValue;
    }

    private static Class<?> nested(Class<?> type, String name) throws ClassNotFoundException {
        return Arrays.stream(type.getDeclaredClasses())
                .filter(one -> one.getSimpleName().equals(name))
                .findFirst()
                .orElseThrow(() -> new ClassNotFoundException(name));
    }

    /** {@code (local, thread) -> map == null ? null : map.getEntry(local)}, as {@code (ThreadLocal, Thread)Object}. */
    private static MethodHandle nullSafe(MethodHandle map, MethodHandle find, Class<?> mapType, Class<?> entryType)
            throws ReflectiveOperationException {
        MethodHandle isNull = MethodHandles.lookup()
                .findStatic(java.util.Objects.class, "isNull", MethodType.methodType(boolean.class, Object.class))
                .asType(MethodType.methodType(boolean.class, mapType));
        MethodHandle guarded = MethodHandles.guardWithTest(
                MethodHandles.dropArguments(isNull, 1, ThreadLocal.class),
                MethodHandles.dropArguments(MethodHandles.constant(entryType, null), 0, mapType, ThreadLocal.class),
                find);
        // (map, local) -> entry becomes (local, thread) -> entry
        MethodHandle collected = MethodHandles.collectArguments(guarded, 0, map);
        return MethodHandles.permuteArguments(
                        collected, MethodType.methodType(entryType, ThreadLocal.class, Thread.class), 0, 1, 0)
                .asType(MethodType.methodType(Object.class, ThreadLocal.class, Thread.class));
    }

    /** The current thread's value; null if it has none. */
    Object peek(ThreadLocal<?> local) {
        if (entry == null) {
            return null;
        }
        try {
            Object found = (Object) entry.invokeExact(local, Thread.currentThread());
            return found == null ? null : (Object) value.invokeExact(found);
        } catch (Throwable t) {
            return null;
        }
    }
}
