package io.plumbline.agent.capture.beside;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;

/** Calls public members of the program's libraries by name, as no class of theirs is known here. Any thread. */
final class Reflected {
    private Reflected() {}

    static Class<?> type(Class<?> beside, String name) throws ClassNotFoundException {
        return Class.forName(name, true, beside.getClassLoader());
    }

    static Object field(Class<?> type, String name) throws ReflectiveOperationException {
        return type.getField(name).get(null);
    }

    /** A public method of a public class, with the parameters' types. */
    static Method method(Class<?> type, String name, Class<?>... parameters) throws NoSuchMethodException {
        return type.getMethod(name, parameters);
    }

    static Constructor<?> constructor(Class<?> type, Class<?>... parameters) throws NoSuchMethodException {
        return type.getConstructor(parameters);
    }

    /**
     * Calls a method.
     *
     * @throws RefusedException when the library threw; with what it says
     */
    static Object call(Method method, Object on, Object... arguments)
            throws ReflectiveOperationException, RefusedException {
        try {
            return method.invoke(on, arguments);
        } catch (InvocationTargetException e) {
            throw refused(e.getCause());
        }
    }

    /**
     * Calls a constructor.
     *
     * @throws RefusedException when the library threw; with what it says
     */
    static Object make(Constructor<?> constructor, Object... arguments)
            throws ReflectiveOperationException, RefusedException {
        try {
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            throw refused(e.getCause());
        }
    }

    private static RefusedException refused(Throwable cause) {
        if (cause instanceof VirtualMachineError error) {
            throw error;
        }
        return new RefusedException("the library threw " + cause);
    }

    /** The constant of an enum. */
    static Object constant(Class<?> type, String name) {
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> ((Enum<?>) one).name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no " + type.getName() + "." + name));
    }
}
