package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Limits;

/** Where the records of one snapshot or exception action come from. */
final class SnapshotRecords extends Records {
    private final Action.Capturing action;
    private final SignalRing ring;
    private final SnapshotPool pool;
    private final AnchoredClock clock;
    private final TraceReader traces;

    SnapshotRecords(
            ProbeTap tap,
            Action.Capturing action,
            SignalRing ring,
            SnapshotPool pool,
            AnchoredClock clock,
            TraceReader traces) {
        this(tap, action, Place.NONE, new Credit(Limits.DEFAULT_SNAPSHOTS_PER_SECOND), ring, pool, clock, traces);
    }

    private SnapshotRecords(
            ProbeTap tap,
            Action.Capturing action,
            Place place,
            Credit credit,
            SignalRing ring,
            SnapshotPool pool,
            AnchoredClock clock,
            TraceReader traces) {
        super(tap, place, credit);
        this.action = action;
        this.ring = ring;
        this.pool = pool;
        this.clock = clock;
        this.traces = traces;
    }

    @Override
    public LogEntries in(String function, int line, String[] names) {
        Place place = new Place(function, line, names.clone());
        return new SnapshotRecords(tap(), action, place, credit(), ring, pool, clock, traces);
    }

    @Override
    public LogEntry claim() {
        if (!isAllowed()) {
            return null;
        }
        SnapshotEntry entry = pool.take();
        Slot slot = entry == null ? null : slot(entry);
        if (slot == null) {
            full();
            return null;
        }
        try {
            entry.begin(slot, place().names(), action.bounds());
            return entry;
        } catch (Throwable t) {
            entry.abort(t);
            return null;
        }
    }

    /** A slot with the record in it, or null when the ring is full; the record is back in the pool then. */
    private Slot slot(SnapshotEntry entry) {
        Object context = traces.current();
        Slot slot = ring.claim(this, clock.nowEpochNanos(), traces.traceId(context), traces.spanId(context));
        if (slot == null) {
            entry.release();
        } else {
            slot.attach(entry);
        }
        return slot;
    }

    Action.Capturing action() {
        return action;
    }
}
