package io.plumbline.agent.weave;

import io.plumbline.agent.bridge.Bridge;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;

/**
 * Which class loaders let their classes see the bridge. Most ask their parent and so find it in the bootstrap loader;
 * one that does not (as in OSGi) would make every call that the weaver puts in throw NoClassDefFoundError, so its classes
 * are not woven. Each loader is asked once. Thread-safe.
 */
final class Doors {
    static final String PACKAGE = Bridge.class.getPackageName();

    private final Map<ClassLoader, Boolean> seenBy = Collections.synchronizedMap(new WeakHashMap<>());

    boolean isSeenBy(ClassLoader loader) {
        Boolean known = seenBy.get(loader);
        if (known == null) {
            // not under the map's lock: a loader's own code runs
            known = ask(loader);
            seenBy.put(loader, known);
        }
        return known;
    }

    private static boolean ask(ClassLoader loader) {
        try {
            return Class.forName(Bridge.class.getName(), false, loader) == Bridge.class;
        } catch (ClassNotFoundException | LinkageError | RuntimeException e) {
            return false;
        }
    }
}
