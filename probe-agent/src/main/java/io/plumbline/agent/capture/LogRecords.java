package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Limits;

/** Where the records of one log action come from. */
final class LogRecords extends Records {
    private final Action.Log action;
    private final SignalRing ring;
    private final AnchoredClock clock;
    private final TraceReader traces;

    LogRecords(ProbeTap tap, Action.Log action, SignalRing ring, AnchoredClock clock, TraceReader traces) {
        this(tap, action, Place.NONE, new Credit(Limits.DEFAULT_LOGS_PER_SECOND), ring, clock, traces);
    }

    private LogRecords(
            ProbeTap tap,
            Action.Log action,
            Place place,
            Credit credit,
            SignalRing ring,
            AnchoredClock clock,
            TraceReader traces) {
        super(tap, place, credit);
        this.action = action;
        this.ring = ring;
        this.clock = clock;
        this.traces = traces;
    }

    @Override
    public LogEntries in(String function, int line, String[] names) {
        return new LogRecords(tap(), action, new Place(function, line, names), credit(), ring, clock, traces);
    }

    @Override
    public LogEntry claim() {
        if (!isAllowed()) {
            return null;
        }
        Object context = traces.current();
        LogEntry record = ring.claim(this, clock.nowEpochNanos(), traces.traceId(context), traces.spanId(context));
        if (record == null) {
            full();
        }
        return record;
    }

    Action.Log action() {
        return action;
    }
}
