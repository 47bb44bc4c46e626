package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.agent.capture.context.Surroundings;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.config.probe.CaptureBounds;

/**
 * One snapshot or exception while a hit fills it; then it waits, attached to its slot in the ring, for the agent's thread.
 * What does not fit is cut, and the cut is marked.
 *
 * <p>Owned by the application thread that claimed it until commit, then by the agent's thread until it is back in the pool.
 */
final class SnapshotEntry extends LogEntry {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final SnapshotPool pool;
    private final SnapshotBuffer values;
    private final ValueWriter writer;
    private final ContextWriter context;
    private final StackFrames stack = new StackFrames();
    private final int number;

    private String[] names;
    private Slot slot;
    private int at;
    private int written;

    SnapshotEntry(SnapshotPool pool, Shapes shapes, Surroundings surroundings, int number) {
        this.pool = pool;
        this.number = number;
        this.values = new SnapshotBuffer(pool);
        this.writer = new ValueWriter(shapes, values);
        this.context = new ContextWriter(surroundings, writer);
    }

    /** Its place in the pool. */
    int number() {
        return number;
    }

    void begin(Slot newSlot, String[] newNames, CaptureBounds bounds) {
        slot = newSlot;
        names = newNames;
        at = 0;
        written = 0;
        values.begin(bounds.bytes(), bounds.millis() * NANOS_PER_MILLI);
        writer.begin(bounds);
        stack.capture(bounds.stack());
        context.write();
    }

    private int next() {
        values.charge(at < names.length ? names[at].length() : 0);
        at++;
        return values.position();
    }

    private void written(int before) {
        written += values.position() == before ? 0 : 1;
    }

    @Override
    public void put(boolean value) {
        int before = next();
        values.bool(value);
        written(before);
    }

    @Override
    public void put(char value) {
        int before = next();
        values.character(value);
        written(before);
    }

    @Override
    public void put(int value) {
        put((long) value);
    }

    @Override
    public void put(long value) {
        int before = next();
        values.integer(value);
        written(before);
    }

    @Override
    public void put(float value) {
        int before = next();
        values.single(value);
        written(before);
    }

    @Override
    public void put(double value) {
        int before = next();
        values.decimal(value);
        written(before);
    }

    @Override
    public void put(Object value) {
        int before = next();
        writer.variable(value);
        written(before);
    }

    @Override
    public void error(Throwable failure) {
        int before = next();
        values.error(ProbeTap.sentence(failure), writer.maxLength());
        written(before);
    }

    @Override
    public void redacted() {
        int before = next();
        values.redacted();
        written(before);
    }

    @Override
    public void commit() {
        boolean late = values.cut() == Cut.TIME;
        values.end(values.cut(), names.length - written);
        writer.clear();
        if (late) {
            slot.source().tap().slowCapture();
        }
        slot.commit();
    }

    @Override
    public void abort(Throwable failure) {
        slot.abort(failure);
    }

    String[] names() {
        return names;
    }

    SnapshotBuffer values() {
        return values;
    }

    /** To be read before what is captured next. */
    StackFrames stack() {
        return stack;
    }

    /** Back to the pool, by the agent's thread. */
    void release() {
        pool.giveBack(this);
    }

    void abandon() {
        pool.abandon(this);
    }

    /** Lets go of what the hit referred to. */
    void clear() {
        writer.clear();
        values.clear();
        stack.clear();
        slot = null;
        names = null;
    }

    int shrink() {
        return values.shrink();
    }

    int grownBytes() {
        return values.grownBytes();
    }
}
