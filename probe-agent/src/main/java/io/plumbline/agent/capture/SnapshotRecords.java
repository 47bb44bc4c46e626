package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Limits;

/** Where the records of one snapshot or exception action come from. */
final class SnapshotRecords extends Records {
    private final Action.Capturing action;
    private final SlotSource slots;
    private final SnapshotPool pool;

    SnapshotRecords(ProbeTap tap, Action.Capturing action, SlotSource slots, SnapshotPool pool) {
        this(tap, action, Place.NONE, new Credit(Limits.DEFAULT_SNAPSHOTS_PER_SECOND), slots, pool);
    }

    private SnapshotRecords(
            ProbeTap tap, Action.Capturing action, Place place, Credit credit, SlotSource slots, SnapshotPool pool) {
        super(tap, place, credit);
        this.action = action;
        this.slots = slots;
        this.pool = pool;
    }

    @Override
    public LogEntries in(String function, int line, String[] names) {
        Place place = new Place(function, line, names.clone());
        return new SnapshotRecords(tap(), action, place, credit(), slots, pool);
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
        Slot slot = slots.claim(this);
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
