package io.plumbline.agent.capture;

import io.plumbline.config.probe.HiddenNames;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The one place that decides whether a snapshot may read a value: by the name it stands under, by its class, by its
 * text. Called on application threads; never waits. Verdicts on map keys are remembered in a small table.
 */
final class Hiding {
    /** Power of two. */
    private static final int REMEMBERED = 1_024;

    /** Longer keys are no names. */
    private static final int MAX_KEY = 64;

    private final HiddenNames names;
    private final AtomicReferenceArray<Verdict> verdicts = new AtomicReferenceArray<>(REMEMBERED);

    private record Verdict(String key, boolean hidden) {}

    Hiding(HiddenNames names) {
        this.names = names;
    }

    /** Whether the field of this name is hidden; asked once for each field. */
    boolean hidesField(String name) {
        return names.hides(name);
    }

    /** Whether all objects of a class are hidden; asked once for each class. */
    @SuppressWarnings("unused") // no rule on types yet
    boolean hidesType(Class<?> type) {
        return false;
    }

    /** Whether a text is hidden for what it looks like. */
    @SuppressWarnings("unused") // no rule on texts yet
    boolean hidesText(String text) {
        return false;
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
        boolean hidden = names.hides(key);
        verdicts.set(place, new Verdict(key, hidden));
        return hidden;
    }
}
