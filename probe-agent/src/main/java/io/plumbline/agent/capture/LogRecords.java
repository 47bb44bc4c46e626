package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Limits;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the records of one log action come from, for hits in one function. Where the probe has no cap of its own, its log
 * records are capped at {@link Limits#DEFAULT_LOGS_PER_SECOND}; what is over is counted under {@code rate}, what finds the
 * ring full under {@code buffer-full}.
 */
final class LogRecords extends LogEntries {
    private final ProbeTap tap;
    private final Action.Log action;
    private final String function;
    private final SignalRing ring;
    private final AnchoredClock clock;
    private final TraceReader traces;
    private final Shared shared;

    /** What the functions of one action share. */
    private static final class Shared {
        final AtomicLong credit = new AtomicLong(Limits.DEFAULT_LOGS_PER_SECOND);
        final LongAdder overRate = new LongAdder();
        final LongAdder full = new LongAdder();

        /** A plain read answers while there is none, so that threads over the cap don't fight for one number. */
        boolean takeCredit() {
            return credit.getPlain() > 0 && credit.getAndDecrement() > 0;
        }
    }

    LogRecords(ProbeTap tap, Action.Log action, SignalRing ring, AnchoredClock clock, TraceReader traces) {
        this(tap, action, "", ring, clock, traces, new Shared());
    }

    private LogRecords(
            ProbeTap tap,
            Action.Log action,
            String function,
            SignalRing ring,
            AnchoredClock clock,
            TraceReader traces,
            Shared shared) {
        this.tap = tap;
        this.action = action;
        this.function = function;
        this.ring = ring;
        this.clock = clock;
        this.traces = traces;
        this.shared = shared;
    }

    @Override
    public LogEntries in(String newFunction) {
        return new LogRecords(tap, action, newFunction, ring, clock, traces, shared);
    }

    @Override
    public LogEntry claim() {
        if (tap.probe().limits().perSecond() == Limits.UNSET && !shared.takeCredit()) {
            shared.overRate.increment();
            return null;
        }
        Object context = traces.current();
        LogEntry record = ring.claim(this, clock.nowEpochNanos(), traces.traceId(context), traces.spanId(context));
        if (record == null) {
            shared.full.increment();
        }
        return record;
    }

    void tick() {
        shared.credit.set(Limits.DEFAULT_LOGS_PER_SECOND);
    }

    void addDropped(Map<String, Long> counts) {
        ProbeTap.put(counts, "rate", shared.overRate);
        ProbeTap.put(counts, "buffer-full", shared.full);
    }

    ProbeTap tap() {
        return tap;
    }

    Action.Log action() {
        return action;
    }

    String function() {
        return function;
    }
}
