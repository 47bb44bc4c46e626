package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.ref.WeakReference;

/**
 * Reads the current thread's MDC: SLF4J's with Logback or its own basic store, and Log4j 2's ThreadContext in its four
 * kinds. Other stores read as empty. Values of hidden names read as {@code ***}.
 *
 * <p>Any thread. Takes no lock, copies nothing, sets nothing in the thread, runs no method of a library. {@link #read}
 * allocates nothing, {@link #forEach} one or two small objects. Never throws.
 */
public final class MdcReader {
    private final Sources<MdcSource> sources;
    private final MdcStores stores;
    private final HiddenKeys hidden;

    /** Whose classes' MDC is read; null for any. */
    private final WeakReference<ClassLoader> near;

    MdcReader(Sources<MdcSource> sources, MdcStores stores, HiddenKeys hidden, WeakReference<ClassLoader> near) {
        this.sources = sources;
        this.stores = stores;
        this.hidden = hidden;
        this.near = near;
    }

    /**
     * A reader for hits in a class of that loader: where several loaders have a logging library of their own, the one
     * that the class sees. Where that can't be told, all are read, and the first to have a value gives it.
     */
    public MdcReader in(ClassLoader loader) {
        return new MdcReader(sources, stores, hidden, new WeakReference<>(loader));
    }

    /** The value of a key in this thread; {@code ***} if the key is hidden, null if it has none. */
    public String read(String key) {
        String value = key == null ? null : raw(key);
        return value != null && hidden.hides(key) ? PairGate.HIDDEN : value;
    }

    /** As {@link #read}, but hidden names too; for trace ids. */
    String raw(String key) {
        MdcSource one = nearest();
        if (one != null) {
            return stores.read(one, key);
        }
        for (int i = 0; i < sources.size(); i++) {
            MdcSource source = sources.get(i);
            String value = source == null ? null : stores.read(source, key);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    /**
     * All pairs of this thread.
     *
     * @return whether that was all; false when there were more than the maximum
     */
    public boolean forEach(PairSink out, int max) {
        return forEach(new PairGate(hidden, out, max));
    }

    /** The same through a gate that is there already, so that nothing is allocated but what the map's own iterator takes. */
    public boolean forEach(PairGate gate) {
        MdcSource one = nearest();
        if (one != null) {
            return stores.each(one, gate) && gate.isComplete();
        }
        boolean all = true;
        for (int i = 0; i < sources.size(); i++) {
            MdcSource source = sources.get(i);
            all &= source == null || stores.each(source, gate);
        }
        return all && gate.isComplete();
    }

    private MdcSource nearest() {
        ClassLoader loader = near == null ? null : near.get();
        return loader == null ? null : sources.nearest(loader);
    }

    /** {@link #read} for expressions, of type {@code (Object)Object}; a key that is no text reads as null. */
    public MethodHandle handle() {
        try {
            return MethodHandles.lookup()
                    .findVirtual(MdcReader.class, "readAny", MethodType.methodType(Object.class, Object.class))
                    .bindTo(this);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    @SuppressWarnings("UnusedMethod") // by method handle
    private Object readAny(Object key) {
        return key instanceof String text ? read(text) : null;
    }
}
