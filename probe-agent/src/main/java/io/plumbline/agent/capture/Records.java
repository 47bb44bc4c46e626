package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.capture.gate.LoneLong;
import io.plumbline.agent.capture.gate.Losses;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.capture.gate.ProcessBudget;
import io.plumbline.agent.capture.gate.ThreadLane;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the records of one action come from, for hits at one site. Where the probe has no cap of its own, they have the
 * cap of their kind; what is over is counted under {@code rate}, what finds no free record under {@code buffer-full}.
 */
abstract class Records extends LogEntries {
    private final ProbeTap tap;
    private final Place place;
    private final Credit credit;
    private final int action;

    /**
     * Where hits come from.
     *
     * @param type the class; null for none yet
     * @param function {@code package.Class.method}
     * @param line 0 where the class does not tell
     * @param names of the values; empty where the action knows them
     */
    record Place(Class<?> type, String method, String function, int line, String[] names) {
        static final Place NONE = new Place(null, "", "", 0, new String[0]);

        static Place of(Class<?> type, String method, int line, String[] names) {
            return new Place(type, method, type.getName() + "." + method, line, names.clone());
        }
    }

    /** What the sites of one action share. */
    static final class Credit {
        private final int perSecond;
        private final LoneLong left;
        private final LongAdder overRate = new LongAdder();
        private final LongAdder full = new LongAdder();
        private final ProcessBudget process;

        Credit(int perSecond, ProcessBudget process) {
            this.perSecond = perSecond;
            this.process = process;
            this.left = new LoneLong(perSecond);
        }

        /** A plain read answers while there is none, so that threads over the cap don't fight for one number. */
        private boolean take() {
            if (left.getPlain() > 0 && left.getAndDecrement() > 0 && process.takeRecord()) {
                return true;
            }
            overRate.increment();
            return false;
        }
    }

    /**
     * @param action its place among the probe's actions
     */
    Records(ProbeTap tap, int action, Place place, Credit credit) {
        this.action = action;
        this.tap = tap;
        this.place = place;
        this.credit = credit;
    }

    @Override
    public LogEntry claim(Lane of) {
        ThreadLane lane = (ThreadLane) of;
        if (!tap.isCapped()) {
            lane.ask();
        }
        long weight = lane.take(action);
        if (!tap.isCapped() && !credit.take()) {
            lane.carry(action, weight);
            return null;
        }
        LogEntry record = record(weight);
        if (record == null) {
            credit.full.increment();
            lane.carry(action, weight);
        }
        return record;
    }

    /** Takes the right to one record of this second; what is over the cap is counted. */
    final boolean hasCredit() {
        return credit.take();
    }

    /** A record for a hit, or null when none is free. */
    abstract LogEntry record(long weight);

    final int action() {
        return action;
    }

    final Credit credit() {
        return credit;
    }

    /** Hits that found no credit or no free record. */
    final long lostRecords() {
        return credit.overRate.sum() + credit.full.sum();
    }

    /** Whether {@link #beside} has anything to do. */
    boolean isBeside() {
        return false;
    }

    /** Does what the action does for the program's own telemetry; called on the hit's thread, before the record is the agent's. */
    void beside(Slot slot) {}

    /** There was no free record. */
    final void isFull() {
        credit.full.increment();
    }

    final void second() {
        credit.left.set(credit.perSecond);
    }

    void addDropped(Map<String, Long> counts) {
        Losses.put(counts, "rate", credit.overRate);
        Losses.put(counts, "buffer-full", credit.full);
    }

    final ProbeTap tap() {
        return tap;
    }

    final Place place() {
        return place;
    }
}
