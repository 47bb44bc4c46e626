package io.plumbline.agent.capture.gate;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Hits of a probe that emitted nothing, or less than they should, by cause. Any thread. */
public final class Losses {
    final LongAdder overRate = new LongAdder();
    final LongAdder nullConditions = new LongAdder();
    final LongAdder errors = new LongAdder();
    final LongAdder redacted = new LongAdder();
    final LongAdder slowCaptures = new LongAdder();

    Losses() {}

    /** Causes without a loss are left out. */
    Map<String, Long> byCause() {
        Map<String, Long> dropped = new TreeMap<>();
        put(dropped, "rate", overRate);
        put(dropped, "condition-null", nullConditions);
        put(dropped, "error", errors);
        put(dropped, "redacted", redacted);
        put(dropped, "cut-by-time", slowCaptures);
        return dropped;
    }

    /** Adds a count to those by cause, if there is any. */
    public static void put(Map<String, Long> counts, String cause, LongAdder count) {
        if (count.sum() > 0) {
            counts.merge(cause, count.sum(), Long::sum);
        }
    }
}
