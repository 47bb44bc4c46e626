package io.plumbline.agent.capture;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.util.function.Consumer;

/**
 * Reads fields by their place in the object, through the JDK's internal {@code Unsafe}: for a hit a plain load, whatever
 * the field's class, visibility or module. Reflection, and handles that are no constants, make code of their own for each
 * field on the thread that reads; they are the second choice, where the JVM does not open its internals (see {@link
 * FieldAt}).
 *
 * <p>Initialised after {@link #open}, else for ever without.
 */
final class Memory {
    private static final String UNSAFE = "jdk.internal.misc.Unsafe";

    private static final Object INSTANCE = instance();
    private static final MethodHandle OFFSET = handle("objectFieldOffset", long.class, Field.class);
    private static final MethodHandle BOOLEAN = getter("getBoolean", boolean.class);
    private static final MethodHandle BYTE = getter("getByte", byte.class);
    private static final MethodHandle CHAR = getter("getChar", char.class);
    private static final MethodHandle SHORT = getter("getShort", short.class);
    private static final MethodHandle INT = getter("getInt", int.class);
    private static final MethodHandle LONG = getter("getLong", long.class);
    private static final MethodHandle FLOAT = getter("getFloat", float.class);
    private static final MethodHandle DOUBLE = getter("getDouble", double.class);
    private static final MethodHandle REFERENCE = getter("getReference", Object.class);
    private static final boolean WORKS = works();

    private Memory() {}

    /** Asks the JVM for access; once, before anything else here is used. */
    static void open(Consumer<Class<?>> opener) {
        try {
            opener.accept(Class.forName(UNSAFE));
        } catch (ClassNotFoundException | RuntimeException | LinkageError e) {
            // reflection it is
        }
    }

    private static Object instance() {
        try {
            return Class.forName(UNSAFE).getMethod("getUnsafe").invoke(null);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    private static MethodHandle getter(String name, Class<?> result) {
        return handle(name, result, Object.class, long.class);
    }

    private static MethodHandle handle(String name, Class<?> result, Class<?>... parameters) {
        if (INSTANCE == null) {
            return null;
        }
        try {
            MethodType type = MethodType.methodType(result, parameters);
            return MethodHandles.lookup()
                    .findVirtual(INSTANCE.getClass(), name, type)
                    .bindTo(INSTANCE);
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            return null;
        }
    }

    /** One read of each kind must give what was written. */
    private static boolean works() {
        try {
            Known known = new Known();
            return INSTANCE != null
                    && bool(known, place("z")) == known.z
                    && int8(known, place("b")) == known.b
                    && character(known, place("c")) == known.c
                    && int16(known, place("s")) == known.s
                    && int32(known, place("i")) == known.i
                    && int64(known, place("l")) == known.l
                    && float32(known, place("f")) == known.f
                    && float64(known, place("d")) == known.d
                    && reference(known, place("o")) == known.o;
        } catch (Throwable t) {
            return false;
        }
    }

    private static long place(String name) throws Throwable {
        return (long) OFFSET.invokeExact(Known.class.getDeclaredField(name));
    }

    /** A value of each kind. */
    private static final class Known {
        private final boolean z = System.nanoTime() != 0;
        private final byte b = (byte) hashCode();
        private final char c = (char) hashCode();
        private final short s = (short) hashCode();
        private final int i = hashCode();
        private final long l = hashCode() * 1_000_003L;
        private final float f = hashCode();
        private final double d = hashCode() * 1.5;
        private final Object o = this;
    }

    /** The field's place in objects of its class; -1 where reflection must do. */
    static long offset(Field field) {
        try {
            return WORKS ? (long) OFFSET.invokeExact(field) : -1;
        } catch (Throwable t) {
            return -1;
        }
    }

    static boolean bool(Object owner, long offset) throws Throwable {
        return (boolean) BOOLEAN.invokeExact(owner, offset);
    }

    static byte int8(Object owner, long offset) throws Throwable {
        return (byte) BYTE.invokeExact(owner, offset);
    }

    static char character(Object owner, long offset) throws Throwable {
        return (char) CHAR.invokeExact(owner, offset);
    }

    static short int16(Object owner, long offset) throws Throwable {
        return (short) SHORT.invokeExact(owner, offset);
    }

    static int int32(Object owner, long offset) throws Throwable {
        return (int) INT.invokeExact(owner, offset);
    }

    static long int64(Object owner, long offset) throws Throwable {
        return (long) LONG.invokeExact(owner, offset);
    }

    static float float32(Object owner, long offset) throws Throwable {
        return (float) FLOAT.invokeExact(owner, offset);
    }

    static double float64(Object owner, long offset) throws Throwable {
        return (double) DOUBLE.invokeExact(owner, offset);
    }

    static Object reference(Object owner, long offset) throws Throwable {
        return (Object) REFERENCE.invokeExact(owner, offset);
    }
}
