package io.plumbline.agent.capture.beside;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** What one version of a probe wants beside the program's own telemetry, and how that goes. */
final class Wish {
    final List<OwnMetric> metrics;

    /** Classes with a site of a log action that have yet to be looked at. */
    final ConcurrentLinkedQueue<WeakReference<Class<?>>> sites = new ConcurrentLinkedQueue<>();

    final LongAdder belowLevel = new LongAdder();
    final LongAdder full = new LongAdder();
    final LongAdder failed = new LongAdder();

    // the worker only
    final Map<OwnMetric, Registration> registered = new LinkedHashMap<>();
    final Set<OwnMetric> given = new HashSet<>();
    final Map<String, String> troubles = new LinkedHashMap<>();

    /** Values of histograms that were too many. */
    volatile long lostValues;

    /** What stands in the way, as a sentence; empty if nothing does. */
    volatile String note = "";

    Wish(List<OwnMetric> metrics) {
        this.metrics = List.copyOf(metrics);
    }

    /** Whether both want the same, so that the later one may go on with what the earlier one has. */
    boolean isSameAs(Wish other) {
        return new HashSet<>(metrics).equals(new HashSet<>(other.metrics));
    }

    /** Something stands in the way of a part; null when nothing does any more. */
    void trouble(String part, String what) {
        boolean changed = what == null ? troubles.remove(part) != null : !what.equals(troubles.put(part, what));
        if (changed) {
            note = String.join("; ", new ArrayList<>(troubles.values()));
        }
    }

    void close() {
        for (Registration one : registered.values()) {
            try {
                one.close();
            } catch (RefusedException | RuntimeException e) {
                // the library would not let go; there is nobody left to tell
            }
        }
        registered.clear();
    }
}
