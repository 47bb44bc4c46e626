package io.plumbline.agent.capture;

import io.plumbline.config.probe.HiddenNames;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** The readable fields of application classes, found once for each class and kept with it. */
final class ObjectShapes {
    static final String HIDDEN = "***";
    static final Field[] NONE = new Field[0];

    private final HiddenNames hidden;
    private final ClassValue<Field[]> shapes = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            return find(type);
        }
    };

    ObjectShapes(HiddenNames hidden) {
        this.hidden = hidden;
    }

    /** Instance fields, superclasses' last; none for classes of the JDK. */
    Field[] of(Class<?> type) {
        return shapes.get(type);
    }

    boolean hides(String name) {
        return hidden.hides(name);
    }

    private static Field[] find(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        try {
            for (Class<?> current = type; current != null && !isJdk(current); current = current.getSuperclass()) {
                for (Field field : current.getDeclaredFields()) {
                    if (!Modifier.isStatic(field.getModifiers()) && !field.isSynthetic()) {
                        field.setAccessible(true);
                        fields.add(field);
                    }
                }
            }
        } catch (InaccessibleObjectException | LinkageError e) {
            return NONE;
        }
        return fields.toArray(NONE);
    }

    private static boolean isJdk(Class<?> type) {
        return type.getClassLoader() == null || type.getClassLoader() == ClassLoader.getPlatformClassLoader();
    }
}
