package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.config.probe.Action;

/** Where the records of one snapshot or exception action come from. */
final class SnapshotRecords extends Records {
    private final Action.Capturing capturing;
    private final SlotSource slots;
    private final SnapshotPool pool;

    SnapshotRecords(
            ProbeTap tap, int action, Action.Capturing capturing, Credit credit, SlotSource slots, SnapshotPool pool) {
        this(tap, action, capturing, Place.NONE, credit, slots, pool);
    }

    private SnapshotRecords(
            ProbeTap tap,
            int action,
            Action.Capturing capturing,
            Place place,
            Credit credit,
            SlotSource slots,
            SnapshotPool pool) {
        super(tap, action, place, credit);
        this.capturing = capturing;
        this.slots = slots;
        this.pool = pool;
    }

    @Override
    public LogEntries in(Class<?> type, String method, int line, String[] names) {
        Place place = Place.of(type, method, line, names);
        return new SnapshotRecords(tap(), action(), capturing, place, credit(), slots, pool);
    }

    @Override
    LogEntry record(long weight) {
        SnapshotEntry entry = pool.take();
        Slot slot = entry == null ? null : slot(entry, weight);
        if (slot == null) {
            return null;
        }
        try {
            entry.begin(slot, place().names(), capturing.bounds());
            return entry;
        } catch (Throwable t) {
            entry.abort(t);
            return null;
        }
    }

    /** A slot with the record in it, or null when the ring is full; the record is back in the pool then. */
    private Slot slot(SnapshotEntry entry, long weight) {
        Slot slot = slots.claim(this, weight);
        if (slot == null) {
            entry.release();
        } else {
            slot.attach(entry);
        }
        return slot;
    }

    Action.Capturing capturing() {
        return capturing;
    }
}
