package io.plumbline.agent.capture;

import io.plumbline.config.redaction.Redaction;
import java.lang.reflect.Field;

/**
 * The one place that decides whether a snapshot may read a value: by the name it stands under, by its class. (Secrets inside
 * of texts are taken out by the agent's thread, before the record leaves.) Called on application threads; never waits.
 */
final class Hiding {
    /** Of longer keys the beginning is judged; as a whole they are no names. */
    private static final int MAX_KEY = 64;

    private final Redaction redaction;

    Hiding(Redaction redaction) {
        this.redaction = redaction;
    }

    /** Whether a field is hidden; asked once for each field. */
    boolean hidesField(Field field) {
        return redaction.hides(field.getName(), field.getType());
    }

    /** Whether all objects of a class are hidden; asked once for each class. */
    boolean hidesType(Class<?> type) {
        return redaction.hidesType(type);
    }

    /** Whether the value under a map's key is hidden: a text or a constant names it as a field does. */
    boolean hidesEntry(Object key, Object value) {
        String name = Redaction.nameOf(key);
        if (name == null) {
            return false;
        }
        Class<?> type = value == null ? Object.class : value.getClass();
        return redaction.hides(name.length() > MAX_KEY ? name.substring(0, MAX_KEY) : name, type);
    }
}
