package io.plumbline.agent.capture;

import io.plumbline.config.redaction.Redaction;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;

/** The readable fields of application classes, found once for each class and kept with it. */
final class ObjectShapes {
    static final String HIDDEN = Redaction.HIDDEN;
    static final Field[] NONE = new Field[0];

    private final Redaction redaction;
    private final ClassValue<Field[]> shapes = new ClassValue<>() {
        @Override
        protected Field[] computeValue(Class<?> type) {
            return find(type);
        }
    };

    ObjectShapes(Redaction redaction) {
        this.redaction = redaction;
    }

    /** Instance fields, superclasses' last; none for classes of the JDK. */
    Field[] of(Class<?> type) {
        return shapes.get(type);
    }

    boolean hides(Field field) {
        return redaction.hides(field.getName(), field.getType());
    }

    /** Whether objects of this very class must not be read. */
    boolean hides(Class<?> type) {
        return redaction.hidesType(type);
    }

    /** Whether the value under a map's key must not be read: a text or a constant names it as a field does. */
    boolean hidesEntry(Object key, Object value) {
        String name = Redaction.nameOf(key);
        return name != null && redaction.hides(name, value == null ? Object.class : value.getClass());
    }

    private static Field[] find(Class<?> type) {
        List<Field> fields = new ArrayList<>();
        try {
            for (Class<?> current = type;
                    current != null && !Shapes.isJdk(current);
                    current = current.getSuperclass()) {
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
}
