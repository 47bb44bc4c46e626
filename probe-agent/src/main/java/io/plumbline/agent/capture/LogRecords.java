package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.capture.context.MdcReader;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.config.probe.Action;

/** Where the records of one log action come from. */
final class LogRecords extends Records {
    private final Action.Log log;
    private final SlotSource slots;
    private final OwnTelemetry own;

    /** Null where the program's own log does not get the records. */
    private final MdcReader mdc;

    LogRecords(ProbeTap tap, int action, Action.Log log, Credit credit, SlotSource slots, OwnTelemetry own) {
        this(tap, action, log, Place.NONE, credit, slots, own);
    }

    private LogRecords(
            ProbeTap tap, int action, Action.Log log, Place place, Credit credit, SlotSource slots, OwnTelemetry own) {
        super(tap, action, place, credit);
        this.log = log;
        this.slots = slots;
        this.own = own;
        this.mdc = log.beside().isPresent() && place.type() != null
                ? own.surroundings().mdc().in(place.type().getClassLoader())
                : null;
    }

    @Override
    public LogEntries in(Class<?> type, String method, int line, String[] names) {
        if (log.beside().isPresent()) {
            own.beside().expect(tap().probe().id(), type);
        }
        return new LogRecords(tap(), action(), log, Place.of(type, method, line, names), credit(), slots, own);
    }

    @Override
    LogEntry record(long weight) {
        return slots.claim(this, weight);
    }

    @Override
    boolean isBeside() {
        return mdc != null;
    }

    @Override
    void beside(Slot slot) {
        slot.attach(OwnTelemetry.mdc(mdc, slot));
    }

    Action.Log log() {
        return log;
    }
}
