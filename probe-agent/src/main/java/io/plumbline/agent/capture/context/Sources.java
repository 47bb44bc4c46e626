package io.plumbline.agent.capture.context;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * What was found of one kind, one for each class loader that has it, held weakly: each is kept alive by its own class.
 *
 * <p>Written by one of the agent's threads as a whole; read by hits and by the agent.
 */
public final class Sources<S extends Sources.Source> {
    private static final int FAR = Integer.MAX_VALUE;
    private static final int MAX_HOPS = 32;

    /** Something that belongs to a class loader. */
    public interface Source {
        /** Null for the bootstrap loader. */
        ClassLoader loader();
    }

    private volatile List<WeakReference<S>> found = List.of();

    public void replace(List<S> sources) {
        List<WeakReference<S>> references = new ArrayList<>();
        sources.forEach(source -> references.add(new WeakReference<>(source)));
        found = List.copyOf(references);
    }

    public int size() {
        return found.size();
    }

    /** One by its place; null if it is gone or there is none. */
    public S get(int i) {
        List<WeakReference<S>> now = found;
        return i < now.size() ? now.get(i).get() : null;
    }

    /**
     * The one that classes of a loader see: that of the loader itself, else of its nearest parent; null if neither has
     * one, as with loaders that find classes by other ways than their parents.
     */
    public S nearest(ClassLoader from) {
        S nearest = null;
        int best = FAR;
        List<WeakReference<S>> now = found;
        for (int i = 0; i < now.size(); i++) {
            S source = now.get(i).get();
            int distance = source == null ? FAR : distance(from, source.loader());
            if (distance < best) {
                best = distance;
                nearest = source;
            }
        }
        return nearest;
    }

    private static int distance(ClassLoader from, ClassLoader to) {
        ClassLoader at = from;
        for (int hops = 0; hops < MAX_HOPS; hops++) {
            if (at == to) {
                return hops;
            }
            if (at == null) {
                return FAR;
            }
            at = at.getParent();
        }
        return FAR;
    }
}
