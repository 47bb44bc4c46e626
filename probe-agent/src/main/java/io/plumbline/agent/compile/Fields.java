package io.plumbline.agent.compile;

import io.plumbline.config.redaction.Redaction;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Fields of any visibility of the application's classes. */
final class Fields {
    private final Consumer<Class<?>> opener;
    private final Redaction redaction;
    private final Initialization initialization;

    /**
     * @param opener opens a class's module to the agent, so that reflection may read its fields
     * @param redaction what must not be read
     */
    Fields(Consumer<Class<?>> opener, Redaction redaction) {
        this.opener = opener;
        this.redaction = redaction;
        this.initialization = new Initialization(opener);
    }

    /** What must not be read. */
    Redaction redaction() {
        return redaction;
    }

    /** Whether a class's initialiser has run; true where that can't be told. */
    boolean isInitialized(Class<?> type) {
        return initialization.isDone(type);
    }

    /**
     * The field of a name in a class or what it extends and implements; null if there is none.
     *
     * @throws LinkageError when a class in its declaration can't be found
     */
    static Field find(Class<?> type, String name) {
        for (Class<?> current = type; current != null; current = current.getSuperclass()) {
            for (Field field : current.getDeclaredFields()) {
                if (field.getName().equals(name)) {
                    return field;
                }
            }
        }
        for (Class<?> parent : type.getInterfaces()) {
            Field field = find(parent, name);
            if (field != null) {
                return field;
            }
        }
        return type.getSuperclass() == null ? null : findInInterfaces(type.getSuperclass(), name);
    }

    private static Field findInInterfaces(Class<?> type, String name) {
        for (Class<?> parent : type.getInterfaces()) {
            Field field = find(parent, name);
            if (field != null) {
                return field;
            }
        }
        return type.getSuperclass() == null ? null : findInInterfaces(type.getSuperclass(), name);
    }

    /** The names of the fields that a person would look for. */
    static List<String> names(Class<?> type) {
        TreeSet<String> names = new TreeSet<>();
        try {
            for (Class<?> current = type; current != null && !isJdk(current); current = current.getSuperclass()) {
                for (Field field : current.getDeclaredFields()) {
                    if (!field.isSynthetic()) {
                        names.add(field.getName());
                    }
                }
            }
        } catch (LinkageError e) {
            // the list is a courtesy; what could be read stands
        }
        return new ArrayList<>(names);
    }

    /**
     * Whether a class comes with the JDK; its fields are not read. The OpenTelemetry agent's API lies in the bootstrap loader as
     * well, and is a library like any other.
     */
    static boolean isJdk(Class<?> type) {
        return isOfThePlatform(type) && !type.getName().startsWith("io.opentelemetry.javaagent.");
    }

    private static boolean isOfThePlatform(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }

    /**
     * A handle that takes the object as Object (nothing for a static field) and gives the primitive or Object.
     *
     * @throws IllegalAccessException when the JVM refuses
     */
    MethodHandle getter(Field field) throws IllegalAccessException {
        Class<?> result = Types.erased(field.getType());
        return exactGetter(field)
                .asType(
                        Modifier.isStatic(field.getModifiers())
                                ? MethodType.methodType(result)
                                : MethodType.methodType(result, Object.class));
    }

    /**
     * A handle that gives a static field as Object, boxed if need be, and null while its class is not initialised.
     *
     * @throws IllegalAccessException when the JVM refuses
     */
    MethodHandle guardedGetter(Field field) throws IllegalAccessException {
        return initialization.guarded(field.getDeclaringClass(), exactGetter(field));
    }

    private MethodHandle exactGetter(Field field) throws IllegalAccessException {
        try {
            field.setAccessible(true);
        } catch (InaccessibleObjectException e) {
            opener.accept(field.getDeclaringClass());
            field.setAccessible(true);
        }
        return MethodHandles.lookup().unreflectGetter(field);
    }
}
