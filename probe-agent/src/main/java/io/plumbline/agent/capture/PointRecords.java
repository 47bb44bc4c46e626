package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.capture.gate.Losses;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.capture.gate.ThreadLane;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.SpanBy;
import io.plumbline.config.wire.PointAttributes;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Where the records of one point of a span probe come from. Under a budget whole requests are left out and not single hits, so
 * that of a request's points either all are kept or none: by the trace id here, by the value of an expression when it is known
 * ({@link PointDrain}), by stretches of time where the points meet on one thread.
 */
final class PointRecords extends Records {
    /** Time that belongs together where threads are sampled: about a second, so that most pairs are within one. */
    private static final int STRETCH_SHIFT = 30;

    private final Action.Point action;
    private final SlotSource slots;
    private final OwnTelemetry own;
    private final Shared shared;

    /** Null where hits leave nothing on the program's own span. */
    private final CurrentSpan current;

    /** What the sites of one point share. */
    private static final class Shared {
        private final LongAdder withoutTrace = new LongAdder();
        private final LongAdder withoutKey = new LongAdder();
        private final LongAdder sampledOut = new LongAdder();
        private final LongAdder withoutSpan = new LongAdder();
    }

    PointRecords(ProbeTap tap, int index, Action.Point action, Credit credit, SlotSource slots, OwnTelemetry own) {
        this(tap, index, action, Place.NONE, credit, slots, own, new Shared());
    }

    private PointRecords(
            ProbeTap tap,
            int index,
            Action.Point action,
            Place place,
            Credit credit,
            SlotSource slots,
            OwnTelemetry own,
            Shared shared) {
        super(tap, index, place, credit);
        this.action = action;
        this.slots = slots;
        this.own = own;
        this.shared = shared;
        this.current = action.point().beside().isEmpty() || place.type() == null
                ? null
                : new CurrentSpan(
                        own, tap.probe().wholeId(), action, place.type().getClassLoader(), shared.withoutSpan);
    }

    @Override
    public LogEntries in(Class<?> type, String method, int line, String[] names) {
        return new PointRecords(
                tap(), action(), action, Place.of(type, method, line, names), credit(), slots, own, shared);
    }

    @Override
    public LogEntry claim(Lane of) {
        if (!tap().isCapped()) {
            ((ThreadLane) of).ask();
        }
        Object context = slots.traces().current();
        if (by() == SpanBy.TRACE && context == null) {
            shared.withoutTrace.increment();
            return null;
        }
        int every = tap().everyRequest();
        if (every > 1 && !isTaken(context, every)) {
            shared.sampledOut.increment();
            return null;
        }
        if (!tap().isCapped() && !hasCredit()) {
            return null;
        }
        LogEntry record = slots.claim(this, every, context);
        if (record == null) {
            isFull();
        }
        return record;
    }

    private boolean isTaken(Object context, int every) {
        return switch (by()) {
            case TRACE -> PointAttributes.isTaken(slots.traces().traceId(context), every);
            case THREAD -> (stretch(System.nanoTime()) & (every - 1)) == 0;
            case KEY -> true;
        };
    }

    /** The stretch of time that a moment of {@link System#nanoTime} is in. */
    static long stretch(long nanoTime) {
        return nanoTime >> STRETCH_SHIFT;
    }

    @Override
    LogEntry record(long weight) {
        throw new IllegalStateException("claimed otherwise");
    }

    /** A hit whose expression gave no value belongs to no request. */
    void withoutKey() {
        shared.withoutKey.increment();
    }

    void sampledOut() {
        shared.sampledOut.increment();
    }

    /** Hits that were lost and not left out by request, so that what follows may be taken for their partners'. */
    long lost() {
        return lostRecords();
    }

    @Override
    void addDropped(Map<String, Long> counts) {
        super.addDropped(counts);
        Losses.put(counts, "no-trace", shared.withoutTrace);
        Losses.put(counts, "no-key", shared.withoutKey);
        Losses.put(counts, "sampled-request", shared.sampledOut);
        Losses.put(counts, "beside-no-span", shared.withoutSpan);
    }

    @Override
    boolean isBeside() {
        return current != null;
    }

    @Override
    void beside(Slot slot) {
        current.write(slot);
    }

    SpanBy by() {
        return action.span().by();
    }

    Action.Point point() {
        return action;
    }
}
