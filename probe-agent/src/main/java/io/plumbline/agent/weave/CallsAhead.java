package io.plumbline.agent.weave;

import io.plumbline.agent.compile.ArmedProbe;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls of sites that nobody has reached yet, made by the control thread so that the first hit has nothing to make. Each hangs on the
 * class that it is for, so it goes with it; a site finds its call whenever the JVM links it.
 *
 * <p>No more than {@value #MAX} are kept: beyond that a site's code is made by its first hit. Made by the control thread, taken by
 * application threads.
 */
final class CallsAhead {
    /** Of some ten kilobytes each. */
    static final int MAX = 1_000;

    private static final ClassValue<Map<Integer, Ahead>> OF_CLASS = new ClassValue<>() {
        @Override
        protected Map<Integer, Ahead> computeValue(Class<?> type) {
            return new ConcurrentHashMap<>();
        }
    };

    /** The control thread only. */
    private final Deque<WeakReference<Ahead>> kept = new ArrayDeque<>();

    /** A call and the probes whose code it has. */
    private record Ahead(Linked call, List<ArmedProbe> probes) {}

    /** Whether there is room for one more. */
    boolean hasRoom() {
        if (kept.size() >= MAX) {
            kept.removeIf(reference -> reference.get() == null);
        }
        return kept.size() < MAX;
    }

    void put(int site, Linked call, List<ArmedProbe> probes) {
        Ahead ahead = new Ahead(call, probes);
        OF_CLASS.get(call.owner()).put(site, ahead);
        kept.add(new WeakReference<>(ahead));
    }

    /** The call that was made for just these probes; null if there is none. */
    Linked find(Class<?> owner, int site, MethodType type, List<ArmedProbe> probes) {
        Ahead ahead = OF_CLASS.get(owner).get(site);
        return ahead != null && ahead.probes() == probes && ahead.call().type().equals(type) ? ahead.call() : null;
    }

    /** Lets go of what was made for a site. */
    void drop(Class<?> owner, int site) {
        Ahead dropped = OF_CLASS.get(owner).remove(site);
        if (dropped != null) {
            kept.removeIf(reference -> reference.refersTo(dropped));
        }
    }
}
