package io.plumbline.agent.capture;

import io.plumbline.config.redaction.Redaction;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The one place that decides whether a snapshot may read a value: by the name it stands under, by its class. (Secrets inside
 * of texts are taken out by the agent's thread, before the record leaves.) Called on application threads; never waits.
 * Verdicts on map keys are remembered in a small table.
 */
final class Hiding {
    /** Power of two. */
    private static final int REMEMBERED = 1_024;

    /** Longer keys are no names. */
    private static final int MAX_KEY = 64;

    private final Redaction redaction;
    private final AtomicReferenceArray<Verdict> verdicts = new AtomicReferenceArray<>(REMEMBERED);

    private record Verdict(String key, boolean hidden) {}

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

    /** Whether the value under a map's key is hidden. */
    boolean hidesKey(String key) {
        if (key.length() > MAX_KEY) {
            return false;
        }
        int place = key.hashCode() & (REMEMBERED - 1);
        Verdict known = verdicts.get(place);
        if (known != null && known.key.equals(key)) {
            return known.hidden;
        }
        boolean hidden = redaction.hidesName(key);
        verdicts.set(place, new Verdict(key, hidden));
        return hidden;
    }
}
