package io.plumbline.agent.capture.gate;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What all probes of this process may cost together. Each probe draws on its own credit first; when the process's is used up,
 * those stop for the moment that have had more than an equal part of it, so a hot probe starves nobody.
 *
 * <p>Charged by application threads; refilled by the agent's.
 */
public final class ProcessBudget {
    private final Budgets budgets;
    private final AtomicLong credit = new AtomicLong();
    private final AtomicInteger records;

    /** Credit, in picoseconds, that no probe is stopped below. */
    private volatile long fairPicos = Long.MAX_VALUE;

    public ProcessBudget(Budgets budgets) {
        this.budgets = budgets;
        this.credit.set((long) (budgets.processShare() * TimeCredit.FULL_NANOS * 1_000));
        this.records = new AtomicInteger(budgets.processPerSecond());
    }

    Budgets budgets() {
        return budgets;
    }

    /**
     * Draws on the credit.
     *
     * @param usedPicos what the probe has used since the last refill
     * @return whether the probe may go on
     */
    boolean charge(long picos, long usedPicos) {
        return credit.addAndGet(-picos) >= 0 || usedPicos <= fairPicos;
    }

    /** Takes the right to one record of this second. */
    public boolean takeRecord() {
        return records.getPlain() > 0 && records.getAndDecrement() > 0;
    }

    /** A new second begins. */
    public void second() {
        records.set(budgets.processPerSecond());
    }

    /**
     * A new turn begins: every probe has its part of the budget, and the process all of it.
     *
     * @param turnNanos how long the last one was
     */
    public void turn(Collection<ProbeTap> taps, long turnNanos) {
        double left = budgets.processShare();
        List<ProbeTap> byDemand = taps.stream()
                .sorted(Comparator.comparingDouble(ProbeTap::demand))
                .toList();
        int waiting = byDemand.size();
        for (ProbeTap tap : byDemand) {
            double granted = Math.min(tap.demand(), left / waiting--);
            left -= granted;
            tap.grant(granted, budgets.processShare() / byDemand.size());
        }
        long full = (long) (budgets.processShare() * TimeCredit.FULL_NANOS * 1_000);
        long more = (long) (budgets.processShare() * turnNanos * 1_000);
        fairPicos = full / Math.max(1, byDemand.size());
        credit.updateAndGet(now -> Math.min(full, now + more));
    }
}
