package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Limits;

/** Where the records of one log action come from. */
final class LogRecords extends Records {
    private final Action.Log action;
    private final SlotSource slots;

    LogRecords(ProbeTap tap, Action.Log action, SlotSource slots) {
        this(tap, action, Place.NONE, new Credit(Limits.DEFAULT_LOGS_PER_SECOND), slots);
    }

    private LogRecords(ProbeTap tap, Action.Log action, Place place, Credit credit, SlotSource slots) {
        super(tap, place, credit);
        this.action = action;
        this.slots = slots;
    }

    @Override
    public LogEntries in(String function, int line, String[] names) {
        return new LogRecords(tap(), action, new Place(function, line, names), credit(), slots);
    }

    @Override
    public LogEntry claim() {
        if (!isAllowed()) {
            return null;
        }
        LogEntry record = slots.claim(this);
        if (record == null) {
            full();
        }
        return record;
    }

    Action.Log action() {
        return action;
    }
}
