package io.plumbline.agent.weave;

import java.util.Map;
import java.util.WeakHashMap;

/**
 * The bytes of those classes whose lines were asked for lately, as the JVM handed them in when they were transformed last.
 * They stay true without looking: whoever has such a class transformed again, the transformer sees its new bytes. When they
 * become more than {@link #MAX_BYTES}, all are forgotten. Thread-safe; keeps no class alive.
 */
final class RecentBytes {
    private static final int MAX_BYTES = 1 << 20;
    private static final byte[] WANTED = new byte[0];

    private final Map<Class<?>, byte[]> byClass = new WeakHashMap<>();

    /** Set under this; read without it, by threads that load classes. */
    private volatile boolean used;

    /** Asks for a class's bytes; they are there once it has been retransformed. */
    synchronized void want(Class<?> type) {
        used = true;
        byClass.putIfAbsent(type, WANTED);
    }

    /** Takes the bytes of a class, if they are wanted. */
    void seen(Class<?> type, byte[] bytes) {
        if (used) {
            take(type, bytes);
        }
    }

    private synchronized void take(Class<?> type, byte[] bytes) {
        if (byClass.containsKey(type)) {
            byClass.put(type, bytes.clone());
        }
    }

    /** The bytes that were asked for; null if the JVM has not handed them in. */
    synchronized byte[] of(Class<?> type) {
        byte[] bytes = byClass.get(type);
        return bytes == WANTED ? null : bytes;
    }

    /** Keeps to the bound. To be called when what was asked for has been read. */
    synchronized void trim() {
        long bytes = byClass.values().stream().mapToLong(each -> each.length).sum();
        byClass.values().removeIf(each -> each == WANTED || bytes > MAX_BYTES);
        used = !byClass.isEmpty();
    }
}
