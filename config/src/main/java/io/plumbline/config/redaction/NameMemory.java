package io.plumbline.config.redaction;

import java.util.function.Predicate;

/**
 * Remembers what was decided for names, so that a name seen before is judged without allocation. A name that falls on
 * another's place takes it; so the memory is bounded, whatever the keys of an application's maps are.
 *
 * <p>Threads: any, without locks. Entries are immutable; two threads that decide the same decide alike.
 */
final class NameMemory {
    private static final int SIZE = 1_024;
    private static final int MAX_LENGTH = 128;

    private final Predicate<String> decision;
    private final Entry[] entries = new Entry[SIZE];

    private record Entry(String name, boolean decided) {}

    NameMemory(Predicate<String> decision) {
        this.decision = decision;
    }

    boolean test(String name) {
        return test(name, 0, name.length());
    }

    /** The decision on a part of a text. */
    boolean test(String text, int from, int to) {
        if (to - from > MAX_LENGTH) {
            return decision.test(text.substring(from, to));
        }
        int place = place(text, from, to);
        Entry known = entries[place];
        if (known != null && known.name().length() == to - from && text.startsWith(known.name(), from)) {
            return known.decided();
        }
        String name = text.substring(from, to);
        Entry entry = new Entry(name, decision.test(name));
        entries[place] = entry;
        return entry.decided();
    }

    private static int place(String text, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return (hash ^ (hash >>> 16)) & (SIZE - 1);
    }
}
