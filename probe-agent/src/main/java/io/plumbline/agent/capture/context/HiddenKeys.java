package io.plumbline.agent.capture.context;

import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/** Remembers which names are hidden, as telling takes long for a hit. Any thread. */
final class HiddenKeys {
    private static final int MAX_KNOWN = 1_000;
    private static final int MAX_CHARS = 200;

    private final Predicate<String> hidden;
    private final ConcurrentHashMap<String, Boolean> known = new ConcurrentHashMap<>();

    HiddenKeys(Predicate<String> hidden) {
        this.hidden = hidden;
    }

    /** Whether the value of that name must not be read; a name beyond all measure is hidden, for it may be a value. */
    boolean hides(String name) {
        if (name.length() > MAX_CHARS) {
            return true;
        }
        Boolean before = known.get(name);
        if (before != null) {
            return before;
        }
        boolean hides = hidden.test(name);
        if (known.mappingCount() < MAX_KNOWN) {
            known.put(name, hides);
        }
        return hides;
    }
}
