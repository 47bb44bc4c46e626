package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.config.probe.Action;

/** Where the records of one log action come from. */
final class LogRecords extends Records {
    private final Action.Log log;
    private final SlotSource slots;

    LogRecords(ProbeTap tap, int action, Action.Log log, Credit credit, SlotSource slots) {
        this(tap, action, log, Place.NONE, credit, slots);
    }

    private LogRecords(ProbeTap tap, int action, Action.Log log, Place place, Credit credit, SlotSource slots) {
        super(tap, action, place, credit);
        this.log = log;
        this.slots = slots;
    }

    @Override
    public LogEntries in(String function, int line, String[] names) {
        return new LogRecords(tap(), action(), log, new Place(function, line, names), credit(), slots);
    }

    @Override
    LogEntry record(long weight) {
        return slots.claim(this, weight);
    }

    Action.Log log() {
        return log;
    }
}
