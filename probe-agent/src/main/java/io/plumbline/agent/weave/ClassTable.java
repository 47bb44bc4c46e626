package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * The classes that probes mean, by loader and name, and by what a location can call them. An unloaded class leaves by
 * itself. Thread-safe.
 */
final class ClassTable {
    private final Revision revision;
    private final Map<ClassLoader, Map<String, ClassState>> byLoader = new WeakHashMap<>();

    /** Made when it is asked for and classes have come or gone since; null then. */
    private Map<String, List<ClassState>> byType;

    private int knownLoaders;

    /** What {@link #unsettled} found last, and when. */
    private List<ClassState> unsettled = List.of();

    private long unsettledRevision = -1;

    /**
     * @param revision counts changes to classes
     */
    ClassTable(Revision revision) {
        this.revision = revision;
    }

    /** The state of a class, made on first use. */
    synchronized ClassState of(ClassLoader loader, String className) {
        Map<String, ClassState> classes = byLoader.computeIfAbsent(loader, any -> new HashMap<>());
        ClassState state = classes.get(className);
        if (state == null) {
            state = new ClassState(className, loader, revision);
            classes.put(className, state);
            changed();
        }
        return state;
    }

    /** The state of a class; null if no probe ever meant it. */
    synchronized ClassState find(ClassLoader loader, String className) {
        Map<String, ClassState> classes = byLoader.get(loader);
        return classes == null ? null : classes.get(className);
    }

    /** Notes the files that a class was made from. */
    synchronized void madeFrom(ClassState state, SourceLines source) {
        boolean isOfOtherFiles = !state.files().equals(source.files());
        state.madeFrom(source);
        if (isOfOtherFiles) {
            changed();
        }
    }

    synchronized void forget(ClassState state) {
        ClassLoader loader = state.loader();
        Map<String, ClassState> classes = loader == null && !state.isOfJdk() ? null : byLoader.get(loader);
        if (classes != null && classes.remove(state.className(), state)) {
            changed();
        }
    }

    private void changed() {
        byType = null;
        revision.changed();
    }

    /** Notices loaders that have gone. */
    synchronized void sweep() {
        int loaders = byLoader.size();
        if (loaders != knownLoaders) {
            knownLoaders = loaders;
            changed();
        }
    }

    synchronized List<ClassState> all() {
        List<ClassState> all = new ArrayList<>();
        byLoader.values().forEach(classes -> all.addAll(classes.values()));
        return all;
    }

    /** The classes that a location's type means. */
    synchronized List<ClassState> meantBy(String type) {
        sweep();
        if (byType == null) {
            byType = new HashMap<>();
            for (ClassState state : all()) {
                state.types()
                        .forEach(name -> byType.computeIfAbsent(name, any -> new ArrayList<>())
                                .add(state));
            }
        }
        return byType.getOrDefault(type, List.of());
    }

    /** Classes with sites that the JVM has not verified yet, or that nobody has compared with the table of probes. */
    synchronized List<ClassState> unsettled() {
        long now = revision.now();
        if (now != unsettledRevision) {
            unsettled = all().stream().filter(state -> !state.isSettled()).toList();
            unsettledRevision = now;
        }
        return unsettled;
    }
}
