package io.plumbline.agent.capture.gate;

/**
 * Hits that no weight stands for yet: of threads that have gone, and those reckoned while the gate was shut. The next hit that is taken
 * stands for them; where none comes, the last example does.
 *
 * <p>{@link #take} and {@link #add} are called by application threads, everything else by the agent's, one at a time.
 */
final class Orphans {
    private final Meter[] meters;
    private final boolean conditional;
    private final boolean capped;
    private final LoneLong waiting = new LoneLong(0);

    // the agent's threads only
    private long stoodInFor;
    private volatile boolean ended;

    /**
     * @param conditional whether the probe has a condition
     * @param capped whether it has a cap of its own on records
     */
    Orphans(Meter[] meters, boolean conditional, boolean capped) {
        this.meters = meters;
        this.conditional = conditional;
        this.capped = capped;
    }

    void add(long hits) {
        if (hits > 0 && !ended) {
            waiting.addAndGet(hits);
        }
    }

    /** For a hit that will stand for them. */
    long take() {
        return waiting.getPlain() == 0 ? 0 : waiting.getAndSet(0);
    }

    /** No hit will stand for what is waiting. */
    void standIn(Lanes.Totals now) {
        if (waiting.get() > 0) {
            standIn(take(), now);
        }
    }

    /**
     * No hit will come any more.
     *
     * @param open hits that no weight stands for in lanes
     */
    void end(long open, Lanes.Totals now) {
        if (!ended) {
            ended = true;
            standIn(take() + open, now);
        }
    }

    /**
     * They go to the metrics by the last example. Where there is a condition, as many of them as it held for among the others.
     */
    private void standIn(long hits, Lanes.Totals now) {
        long likely = Math.round(hits * shareMet(now));
        if (likely > 0) {
            for (Meter meter : meters) {
                meter.standIn(likely);
            }
        }
        stoodInFor += hits;
    }

    private double shareMet(Lanes.Totals now) {
        if (!conditional) {
            return 1;
        }
        double met = capped ? now.asked : now.emitted;
        double of = capped ? now.hits : now.hits - now.skipped - stoodInFor;
        return of <= 0 ? 0 : Math.min(1, met / of);
    }
}
