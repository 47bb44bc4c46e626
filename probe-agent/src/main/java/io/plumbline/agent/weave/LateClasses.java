package io.plumbline.agent.weave;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * When to look again for classes that a new probe means. A class that was being loaded just while its probe was set may be
 * woven by nobody: the transformer saw the old table, and the list of loaded classes did not have it yet. So the list is
 * looked at again, a second after the probe was set and then less and less often. Control thread only.
 */
final class LateClasses {
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long LAST_NANOS = TimeUnit.SECONDS.toNanos(32);

    private final Map<String, Look> looks = new HashMap<>();

    /** Before that there is nothing to look for. */
    private long firstDueNanos;

    private record Look(long dueNanos, long intervalNanos) {}

    /** Probes for these types were set. */
    void set(Collection<String> types, long nowNanos) {
        types.forEach(type -> looks.put(type, new Look(nowNanos + FIRST_NANOS, FIRST_NANOS)));
        firstDueNanos = nowNanos;
    }

    /** Forgets types that no probe names any more. */
    void keepOnly(Collection<String> types) {
        looks.keySet().retainAll(types);
    }

    /** The types to look for now. */
    Set<String> due(long nowNanos) {
        if (looks.isEmpty() || nowNanos - firstDueNanos < 0) {
            return Set.of();
        }
        Set<String> due = new LinkedHashSet<>();
        firstDueNanos = nowNanos + LAST_NANOS;
        for (Map.Entry<String, Look> entry : looks.entrySet()) {
            if (nowNanos - entry.getValue().dueNanos() >= 0) {
                due.add(entry.getKey());
                long interval = Math.min(LAST_NANOS, entry.getValue().intervalNanos() * 2);
                entry.setValue(new Look(nowNanos + interval, interval));
            }
            long next = entry.getValue().dueNanos();
            firstDueNanos = next - firstDueNanos < 0 ? next : firstDueNanos;
        }
        return due;
    }
}
