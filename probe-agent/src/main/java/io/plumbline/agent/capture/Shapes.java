package io.plumbline.agent.capture;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * How objects of each class are shown. Found out once for a class, by the thread that meets it first, and kept with the
 * class, so that it goes when the class goes.
 */
final class Shapes {
    private static final FieldAt[] NO_FIELDS = {};

    private static final Shape HIDDEN = (value, to, level) -> to.out().redacted();

    private final Hiding hiding;
    private final Consumer<Class<?>> opener;
    private final ThrowableWriter throwables;
    private final ClassValue<Shape> shapes = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            long start = System.nanoTime();
            Shape found = find(type);
            findingNanos.addAndGet(System.nanoTime() - start);
            return found;
        }
    };
    private final AtomicLong findingNanos = new AtomicLong();

    /**
     * @param opener opens a class's module to the agent
     * @param throwables writes exceptions
     */
    Shapes(Hiding hiding, Consumer<Class<?>> opener, ThrowableWriter throwables) {
        this.hiding = hiding;
        this.opener = opener;
        this.throwables = throwables;
        Memory.open(opener);
    }

    Shape of(Class<?> type) {
        return shapes.get(type);
    }

    /** Time spent on classes that were met for the first time, by all threads. */
    long findingNanos() {
        return findingNanos.get();
    }

    private Shape find(Class<?> type) {
        if (hiding.hidesType(type)) {
            return HIDDEN;
        }
        Shape known = JdkShapes.of(type);
        if (known != null) {
            return known;
        }
        if (type.isArray()) {
            return ArrayShapes.of(type);
        }
        if (Throwable.class.isAssignableFrom(type)) {
            return (value, to, level) -> throwables.write((Throwable) value, to, level);
        }
        if (isJdk(type)) {
            return ofJdk(type);
        }
        return ofApplication(type);
    }

    private Shape ofJdk(Class<?> type) {
        if (JdkShapes.isTrusted(type)) {
            return Map.class.isAssignableFrom(type)
                    ? (value, to, level) -> to.map((Map<?, ?>) value, hiding, level)
                    : (value, to, level) -> to.collection((Collection<?>) value, level);
        }
        Shown shown = Shown.of(type.getName());
        FieldAt wrapped = field(type, JdkShapes.wrappedField(type));
        if (wrapped != null) {
            return (value, to, level) -> to.value(wrapped.reference(value), level);
        }
        FieldAt map = field(type, JdkShapes.keysField(type));
        return map == null ? unread(shown) : (value, to, level) -> keys(value, map, shown, to, level);
    }

    private static void keys(Object set, FieldAt field, Shown shown, ValueWriter to, int level) throws Throwable {
        Object map = field.reference(set);
        if (map != null && JdkShapes.isTrusted(map.getClass())) {
            to.collection(((Map<?, ?>) map).keySet(), level);
        } else {
            to.identity(set, shown);
        }
    }

    private static Shape unread(Shown shown) {
        return (value, to, level) -> to.identity(value, shown);
    }

    /** Null without a name, and where the field can't be read. */
    private FieldAt field(Class<?> type, String name) {
        try {
            for (Class<?> current = type; name != null && current != null; current = current.getSuperclass()) {
                for (Field field : current.getDeclaredFields()) {
                    if (field.getName().equals(name)) {
                        return FieldAt.of(field, name, false, opener);
                    }
                }
            }
        } catch (RuntimeException | LinkageError e) {
            // then its name alone is shown
        }
        return null;
    }

    private Shape ofApplication(Class<?> type) {
        List<FieldAt> fields = new ArrayList<>();
        boolean isWhole = collect(type, fields);
        FieldAt[] array = fields.toArray(NO_FIELDS);
        List<String> names = fields.stream().map(FieldAt::name).toList();
        Shown shown = new Shown(type.getName(), names, interfaces(type), !isWhole);
        return array.length == 0 && !isWhole
                ? unread(shown)
                : (value, to, level) -> to.fields(value, shown, array, level);
    }

    /** Instance fields, superclasses' last. False if some can't be read. */
    private boolean collect(Class<?> type, List<FieldAt> fields) {
        try {
            Class<?> current = type;
            while (current != null && !isJdk(current)) {
                for (Field field : current.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                        fields.add(FieldAt.of(field, nameOf(field, fields), hiding.hidesField(field), opener));
                    }
                }
                current = current.getSuperclass();
            }
            return current == null || JdkShapes.isEmpty(current);
        } catch (RuntimeException | LinkageError e) {
            return false;
        }
    }

    /** A superclass's private field may have a name that is taken; then its class's name stands before it. */
    private static String nameOf(Field field, List<FieldAt> before) {
        String name = field.getName();
        boolean isTaken = before.stream().anyMatch(other -> other.name().equals(name));
        return isTaken ? field.getDeclaringClass().getName() + "." + name : name;
    }

    /** What a proxy or a lambda stands for. */
    private static List<String> interfaces(Class<?> type) {
        return Proxy.isProxyClass(type) || type.isHidden()
                ? Arrays.stream(type.getInterfaces()).map(Class::getName).toList()
                : List.of();
    }

    static boolean isJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }
}
