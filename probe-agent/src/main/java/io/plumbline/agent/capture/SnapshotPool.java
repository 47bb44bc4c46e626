package io.plumbline.agent.capture;

import io.plumbline.agent.capture.context.Surroundings;
import io.plumbline.config.probe.CaptureBounds;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The records that snapshots are written into, used again and again, all made by the agent's thread before the first hit: some
 * three kilobytes each. Taken by application threads without waiting; where none is left, the hit goes without.
 */
final class SnapshotPool {
    static final int MAX_ENTRIES = 256;

    /** Together with the bytes that a new record has. */
    static final int MAX_TOTAL_BYTES = 16 << 20;

    private final Shapes shapes;
    private final Surroundings surroundings;
    private final AtomicReferenceArray<SnapshotEntry> free;
    private final AtomicLong grownBytes = new AtomicLong();

    /**
     * @param surroundings what is read around a hit; null for nothing
     */
    SnapshotPool(Shapes shapes, Surroundings surroundings) {
        this(shapes, surroundings, MAX_ENTRIES);
    }

    /**
     * @param size how many records may wait at once
     */
    SnapshotPool(Shapes shapes, Surroundings surroundings, int size) {
        this.shapes = shapes;
        this.surroundings = surroundings;
        this.free = new AtomicReferenceArray<>(size);
        for (int i = 0; i < size; i++) {
            free.set(i, made(i));
        }
    }

    /**
     * Writes a record that nobody reads, so that the first hit finds all classes initialised: with little stack left it
     * could not, and a class whose initialisation failed stays so.
     */
    void rehearse() {
        SnapshotEntry entry = take();
        entry.begin(null, new String[] {"sample"}, CaptureBounds.DEFAULT);
        entry.put(new Object[] {"text", 1, 0.5, List.of(1), Map.of("key", true), new int[] {1}, this, new Throwable()});
        entry.error(new ArithmeticException());
        giveBack(entry);
    }

    Shapes shapes() {
        return shapes;
    }

    /** A record that nobody else has, or null. The lowest come first, so that few are in use and those are warm. */
    SnapshotEntry take() {
        for (int i = 0; i < free.length(); i++) {
            SnapshotEntry entry = free.get(i);
            if (entry != null && free.compareAndSet(i, entry, null)) {
                return entry;
            }
        }
        return null;
    }

    private SnapshotEntry made(int number) {
        return new SnapshotEntry(this, shapes, surroundings, number);
    }

    /** Takes a record back, which refers to nothing any more. Large ones shrink when memory is short. */
    void giveBack(SnapshotEntry entry) {
        entry.clear();
        if (grownBytes.get() > MAX_TOTAL_BYTES / 2) {
            grownBytes.addAndGet(-entry.shrink());
        }
        free.set(entry.number(), entry);
    }

    /** The thread that had the record is gone, or so slow that its record is; another takes the record's place. */
    void abandon(SnapshotEntry entry) {
        grownBytes.addAndGet(-entry.grownBytes());
        free.set(entry.number(), made(entry.number()));
    }

    boolean mayGrow(int bytes) {
        return grownBytes.addAndGet(bytes) <= MAX_TOTAL_BYTES || grownBytes.addAndGet(-bytes) < 0;
    }
}
