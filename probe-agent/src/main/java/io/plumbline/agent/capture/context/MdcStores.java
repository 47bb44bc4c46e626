package io.plumbline.agent.capture.context;

import java.lang.invoke.MethodHandle;

/** Reads the stores of {@link MdcSource}s. Any thread. */
final class MdcStores {
    private final PrivateReads reads;
    private final ThreadLocals locals;
    private final KnownMaps maps;

    private final ClassValue<Store> known = new ClassValue<>() {
        @Override
        protected Store computeValue(Class<?> type) {
            String[] fields = MdcSource.STORES.get(type.getName());
            return new Store(fields == null ? null : reads.getter(type, fields));
        }
    };

    /**
     * A class of stores.
     *
     * @param local gives the thread-local; null when the class is not known
     */
    private record Store(MethodHandle local) {}

    MdcStores(PrivateReads reads, ThreadLocals locals) {
        this.reads = reads;
        this.locals = locals;
        this.maps = new KnownMaps(reads);
    }

    /** The value of a key; null if there is none. */
    String read(MdcSource source, String key) {
        try {
            Object map = map(source);
            return map == null ? null : maps.get(map, key);
        } catch (Throwable t) {
            return null;
        }
    }

    /** All pairs; false when they could not be read to the end. */
    boolean each(MdcSource source, PairGate gate) {
        try {
            Object map = map(source);
            if (map != null) {
                maps.each(map, gate);
            }
            return true;
        } catch (Throwable t) {
            return false;
        }
    }

    private Object map(MdcSource source) throws Throwable {
        Object store = source.store();
        MethodHandle local = store == null ? null : known.get(store.getClass()).local();
        if (local == null) {
            return null;
        }
        Object found = (Object) local.invokeExact(store);
        return found instanceof ThreadLocal<?> threadLocal ? locals.peek(threadLocal) : null;
    }
}
