package io.plumbline.agent.weave;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * What loaded classes have names like those that probes wait for. To look through all classes is no work for every report,
 * so it is done less and less often for a type, and for a few types a second; the others have no offer until it is their
 * turn. Control thread only.
 */
final class LikeNames {
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LAST_NANOS = TimeUnit.MINUTES.toNanos(10);
    private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int LOOKS_A_SECOND = 5;

    private final LoadedClasses loaded;
    private final Map<String, Like> known = new HashMap<>();
    private long secondAt = System.nanoTime();
    private int looks;

    private record Like(List<String> names, long atNanos, long holdsNanos) {
        boolean holds(long now) {
            return now - atNanos < holdsNanos;
        }
    }

    LikeNames(LoadedClasses loaded) {
        this.loaded = loaded;
    }

    /** Names of loaded classes that a person may have meant. */
    List<String> of(String type) {
        long now = System.nanoTime();
        Like like = known.get(type);
        if ((like == null || !like.holds(now)) && mayLook(now)) {
            long holds = like == null ? FIRST_NANOS : Math.min(LAST_NANOS, like.holdsNanos() * 2);
            like = new Like(loaded.like(type), now, holds);
            known.put(type, like);
        }
        return like == null ? List.of() : like.names();
    }

    private boolean mayLook(long now) {
        if (now - secondAt >= SECOND_NANOS) {
            secondAt = now;
            looks = 0;
        }
        return looks++ < LOOKS_A_SECOND;
    }

    /** Forgets types that no probe names any more. */
    void keepOnly(Collection<String> types) {
        known.keySet().retainAll(types);
    }
}
