package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** The classes that probes mean, by loader and name. An unloaded class leaves by itself. Thread-safe. */
final class ClassTable {
    private final Map<ClassLoader, Map<String, ClassState>> byLoader = new WeakHashMap<>();

    /** The state of a class, made on first use. */
    synchronized ClassState of(ClassLoader loader, String className) {
        return byLoader.computeIfAbsent(loader, any -> new HashMap<>())
                .computeIfAbsent(className, name -> new ClassState(name, loader));
    }

    /** The state of a class; null if no probe ever meant it. */
    synchronized ClassState find(ClassLoader loader, String className) {
        Map<String, ClassState> classes = byLoader.get(loader);
        return classes == null ? null : classes.get(className);
    }

    synchronized void forget(ClassLoader loader, String className) {
        Map<String, ClassState> classes = byLoader.get(loader);
        if (classes != null) {
            classes.remove(className);
        }
    }

    synchronized List<ClassState> all() {
        List<ClassState> all = new ArrayList<>();
        byLoader.values().forEach(classes -> all.addAll(classes.values()));
        return all;
    }

    /** Loaders that have a class whose sites the JVM has not verified yet. */
    synchronized Map<ClassLoader, List<ClassState>> unaccepted() {
        Map<ClassLoader, List<ClassState>> found = new HashMap<>();
        byLoader.forEach((loader, classes) -> {
            for (ClassState state : classes.values()) {
                if (!state.isAccepted() && !state.sites().isEmpty()) {
                    found.computeIfAbsent(loader, any -> new ArrayList<>()).add(state);
                }
            }
        });
        return found;
    }
}
