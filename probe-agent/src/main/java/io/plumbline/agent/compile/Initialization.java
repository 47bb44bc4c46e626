package io.plumbline.agent.compile;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Consumer;

/**
 * Lets static fields be read without ever being the first to touch their class, for that would run its static
 * initialiser. The one who knows whether a class is initialised is the JDK's internal Unsafe, which the agent opens to
 * itself; where it can't, such fields read as null.
 */
final class Initialization {
    private static final MethodType TEST = MethodType.methodType(boolean.class, Class.class);

    private final Consumer<Class<?>> opener;

    /** Takes a class and tells whether its initialiser has yet to run. Made on first use, on any thread. */
    private volatile MethodHandle isAwaited;

    /** Whether the JDK's own knowledge could be had; written before {@link #isAwaited}. */
    private boolean canTell;

    /**
     * @param opener opens a class's package to the agent
     */
    Initialization(Consumer<Class<?>> opener) {
        this.opener = opener;
    }

    /**
     * The getter of a static field, as {@code ()Object}; null while the class is not initialised.
     *
     * @param getter of type {@code ()T}
     */
    MethodHandle guarded(Class<?> owner, MethodHandle getter) {
        MethodHandle test = isAwaited().bindTo(owner);
        MethodHandle read = getter.asType(MethodType.methodType(Object.class));
        return MethodHandles.guardWithTest(test, MethodHandles.constant(Object.class, null), read);
    }

    /** Whether a class's initialiser has run; true where that can't be told. */
    boolean isDone(Class<?> type) {
        try {
            MethodHandle test = isAwaited();
            return !canTell || !(boolean) test.invokeExact(type);
        } catch (Throwable t) {
            return true;
        }
    }

    private MethodHandle isAwaited() {
        MethodHandle known = isAwaited;
        if (known == null) {
            known = find();
            isAwaited = known;
        }
        return known;
    }

    private MethodHandle find() {
        try {
            Class<?> unsafe = Class.forName("jdk.internal.misc.Unsafe");
            opener.accept(unsafe);
            Method instance = unsafe.getMethod("getUnsafe");
            Method test = unsafe.getMethod("shouldBeInitialized", Class.class);
            instance.setAccessible(true);
            test.setAccessible(true);
            MethodHandle found = MethodHandles.lookup().unreflect(test).bindTo(instance.invoke(null));
            canTell = true;
            return found;
        } catch (ReflectiveOperationException | RuntimeException e) {
            return MethodHandles.dropArguments(MethodHandles.constant(boolean.class, true), 0, TEST.parameterList());
        }
    }
}
