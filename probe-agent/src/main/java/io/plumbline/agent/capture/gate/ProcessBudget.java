package io.plumbline.agent.capture.gate;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What all probes of this process may cost together. Each probe draws on its own credit first; when the process's is used up,
 * those stop for the moment that have had more than an equal part of it, so a hot probe starves nobody.
 *
 * <p>Charged by application threads; refilled by the agent's.
 */
public final class ProcessBudget {
    private final Budgets budgets;
    private final AwakeTaps taps = new AwakeTaps();
    private final LoneLong credit;
    private final LoneLong records;

    /** Credit, in picoseconds, that no probe is stopped below. */
    private volatile long fairPicos = Long.MAX_VALUE;

    public ProcessBudget(Budgets budgets) {
        this.budgets = budgets;
        this.credit = new LoneLong((long) (budgets.processShare() * TimeCredit.FULL_NANOS * 1_000));
        this.records = new LoneLong(budgets.processPerSecond());
    }

    Budgets budgets() {
        return budgets;
    }

    /** The gates that share it. */
    public AwakeTaps taps() {
        return taps;
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

    /** A new turn begins where no gate is asleep. */
    void turn(Collection<ProbeTap> all, long turnNanos) {
        turn(all, Map.of(), turnNanos);
    }

    /**
     * A new turn begins: every probe has its part of the budget, and the process all of it.
     *
     * @param awake the gates that have a turn; none where there is nothing to be shared
     * @param resting how many others ask for which share
     * @param turnNanos how long the last one was
     */
    void turn(Collection<ProbeTap> awake, Map<Double, Integer> resting, long turnNanos) {
        if (!awake.isEmpty()) {
            share(awake, resting);
        }
        long full = (long) (budgets.processShare() * TimeCredit.FULL_NANOS * 1_000);
        long more = (long) (budgets.processShare() * turnNanos * 1_000);
        credit.getAndUpdate(now -> Math.min(full, now + more));
    }

    /** One gate, or some that are asleep and ask for the same; those have their share already, and it is only kept for them. */
    private record Asking(double demand, int count, ProbeTap tap) {}

    private void share(Collection<ProbeTap> awake, Map<Double, Integer> resting) {
        List<Asking> byDemand = new ArrayList<>();
        awake.forEach(tap -> byDemand.add(new Asking(tap.demand(), 1, tap)));
        resting.forEach((demand, count) -> byDemand.add(new Asking(demand, count, null)));
        byDemand.sort(Comparator.comparingDouble(Asking::demand));
        int all = byDemand.stream().mapToInt(Asking::count).sum();
        int waiting = all;
        double left = budgets.processShare();
        for (Asking asking : byDemand) {
            double granted = Math.min(asking.demand(), left / waiting);
            waiting -= asking.count();
            left -= granted * asking.count();
            if (asking.tap() != null) {
                asking.tap().grant(granted, budgets.processShare() / all);
            }
        }
        fairPicos = (long) (budgets.processShare() * TimeCredit.FULL_NANOS * 1_000) / all;
    }
}
