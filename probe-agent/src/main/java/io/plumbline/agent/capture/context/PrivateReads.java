package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.function.Consumer;

/** Reads private fields of libraries and of the JDK, and never initialises a class. */
final class PrivateReads {
    private static final MethodType OBJECT = MethodType.methodType(Object.class, Object.class);

    private final Consumer<Class<?>> opener;

    /** Takes a class, tells whether its initialiser has yet to run; null where nobody knows. */
    private final MethodHandle isAwaited;

    /**
     * @param opener opens a class's package to the agent
     */
    PrivateReads(Consumer<Class<?>> opener) {
        this.opener = opener;
        this.isAwaited = find();
    }

    private MethodHandle find() {
        try {
            Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
            opener.accept(unsafe);
            Method instance = unsafe.getMethod("getUnsafe");
            Method test = unsafe.getMethod("shouldBeInitialized", Class.class);
            instance.setAccessible(true);
            test.setAccessible(true);
            return MethodHandles.lookup().unreflect(test).bindTo(instance.invoke(null));
        } catch (ReflectiveOperationException | RuntimeException e) {
            return null;
        }
    }

    /** Whether a class's initialiser has run, or runs; false when nobody knows. */
    boolean isInitialized(Class<?> type) {
        try {
            return isAwaited != null && !(boolean) isAwaited.invokeExact(type);
        } catch (Throwable t) {
            return false;
        }
    }

    /** A handle of type {@code (Object)Object} on the first of these fields that the class declares; null if none. */
    MethodHandle getter(Class<?> owner, String... names) {
        for (String name : names) {
            try {
                Field field = owner.getDeclaredField(name);
                return lookup(owner).unreflectGetter(field).asType(OBJECT);
            } catch (ReflectiveOperationException | LinkageError e) {
                // another version of the library; the next name may be its
            }
        }
        return null;
    }

    /** A handle of type {@code ()Object} on a static field of an initialised class; null if there is none. */
    MethodHandle staticGetter(Class<?> owner, String... names) {
        if (!isInitialized(owner)) {
            return null;
        }
        for (String name : names) {
            try {
                Field field = owner.getDeclaredField(name);
                return lookup(owner).unreflectGetter(field).asType(MethodType.methodType(Object.class));
            } catch (ReflectiveOperationException | LinkageError e) {
                // another version of the library; the next name may be its
            }
        }
        return null;
    }

    /** The value of a static field of an initialised class; null if there is none. */
    Object staticValue(Class<?> owner, String... names) {
        MethodHandle getter = staticGetter(owner, names);
        try {
            return getter == null ? null : (Object) getter.invokeExact();
        } catch (Throwable t) {
            return null;
        }
    }

    /** With full access to a class. */
    MethodHandles.Lookup lookup(Class<?> owner) throws IllegalAccessException {
        try {
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
        } catch (IllegalAccessException e) {
            opener.accept(owner);
            return MethodHandles.privateLookupIn(owner, MethodHandles.lookup());
        }
    }
}
