package io.plumbline.agent.capture;

import io.plumbline.agent.bridge.LogEntry;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Map;

/**
 * One record of the ring: the typed values of a hit as bytes. Grows on demand up to a bound and keeps its size; what does
 * not fit is cut, and the cut is marked.
 *
 * <p>Owned by the application thread that claimed it until commit, then by the agent's thread until it is free again. The
 * sequence hands it over (see {@link SignalRing}).
 */
final class Slot extends LogEntry {
    static final byte NULL = 0;
    static final byte BOOLEAN = 1;
    static final byte CHAR = 2;
    static final byte INTEGER = 3;
    static final byte FLOAT = 4;
    static final byte DOUBLE = 5;
    static final byte TEXT = 6;
    static final byte ERROR = 7;

    private static final int INITIAL_BYTES = 128;
    static final int MAX_BYTES = 8_192;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Kept free for the mark that a text was cut. */
    private static final int MARK_BYTES = 3;

    private final SignalRing ring;
    private byte[] bytes = new byte[INITIAL_BYTES];
    private int length;

    // set on claim by the application thread, read by the agent's thread after commit
    private Records source;
    private long weight;
    private long position;
    private long epochNanos;
    private long monotonicNanos;
    private Thread thread;
    private String traceId;
    private String spanId;
    private boolean aborted;

    /** The hit thread's MDC, where the program's own log gets the record too; else null. */
    private Map<String, String> mdc;

    /** Holds the values of a snapshot; null for a log record, whose values are here. */
    private SnapshotEntry snapshot;

    /** Something did not fit, so nothing more is written: a later value must not take an earlier one's place. */
    private boolean cut;

    /** The ring's hand-over, by way of {@link SignalRing}'s var handle. */
    volatile long sequence;

    Slot(SignalRing ring, long sequence) {
        this.ring = ring;
        this.sequence = sequence;
    }

    void begin(
            Records newSource,
            long newWeight,
            long newPosition,
            long nowEpochNanos,
            String newTraceId,
            String newSpanId) {
        // a reference that is there already is not written again: under G1 each such write costs more than a claim
        if (source != newSource) {
            source = newSource;
        }
        weight = newWeight;
        position = newPosition;
        epochNanos = nowEpochNanos;
        Thread self = Thread.currentThread();
        if (thread != self) {
            thread = self;
        }
        if (traceId != newTraceId) {
            traceId = newTraceId;
        }
        if (spanId != newSpanId) {
            spanId = newSpanId;
        }
        length = 0;
        aborted = false;
        cut = false;
    }

    /** The time of {@link System#nanoTime} that belongs to the wall clock's. */
    void at(long nanoTime) {
        monotonicNanos = nanoTime;
    }

    void attach(SnapshotEntry entry) {
        snapshot = entry;
    }

    @Override
    public void put(boolean value) {
        if (room(2)) {
            bytes[length++] = BOOLEAN;
            bytes[length++] = (byte) (value ? 1 : 0);
        }
    }

    @Override
    public void put(char value) {
        number(CHAR, value);
    }

    @Override
    public void put(int value) {
        number(INTEGER, value);
    }

    @Override
    public void put(long value) {
        number(INTEGER, value);
    }

    @Override
    public void put(float value) {
        number(FLOAT, Float.floatToRawIntBits(value));
    }

    @Override
    public void put(double value) {
        number(DOUBLE, Double.doubleToRawLongBits(value));
    }

    @Override
    public void put(Object value) {
        if (value == null) {
            if (room(1)) {
                bytes[length++] = NULL;
            }
            return;
        }
        text(TEXT, value);
    }

    @Override
    public void error(Throwable failure) {
        text(ERROR, failure);
    }

    @Override
    public void redacted() {
        text(TEXT, ObjectShapes.HIDDEN);
    }

    private void text(byte tag, Object value) {
        if (!room(5)) {
            return;
        }
        bytes[length] = tag;
        int start = length + 5;
        length = start;
        ring.renderer().render(value, this);
        if (cut) {
            length = Utf8.put(bytes, length, '…');
        }
        INT.set(bytes, start - 4, length - start);
    }

    private void number(byte tag, long value) {
        if (room(9)) {
            bytes[length] = tag;
            LONG.set(bytes, length + 1, value);
            length += 9;
        }
    }

    /** Appends a character as UTF-8; a surrogate goes as it is paired by {@link #append(String, int)}. */
    void append(char c) {
        if (c >= 0x80) {
            point(c);
        } else if (room(1)) {
            bytes[length++] = (byte) c;
        }
    }

    private void point(int point) {
        if (room(Utf8.size(point))) {
            length = Utf8.put(bytes, length, point);
        }
    }

    /** Appends at most so many characters of a text, and a mark when it was cut. */
    void append(String text, int max) {
        int end = Math.min(text.length(), max);
        if (!isAppendedAsItIs(text, end)) {
            appendPoints(text, end);
        }
        if (end < text.length()) {
            append('…');
        }
    }

    /** Most text is ASCII and fits. */
    @SuppressWarnings("deprecation") // gives the low bytes, which are all there is
    private boolean isAppendedAsItIs(String text, int end) {
        int bits = 0;
        for (int i = 0; i < end; i++) {
            bits |= text.charAt(i);
        }
        if (cut || bits >= 0x80 || length + end + MARK_BYTES > bytes.length) {
            return false;
        }
        text.getBytes(0, end, bytes, length);
        length += end;
        return true;
    }

    private void appendPoints(String text, int end) {
        for (int i = 0; i < end; i++) {
            int point = Utf8.pointAt(text, i, end);
            if (Character.isSupplementaryCodePoint(point)) {
                point(point);
                i++;
            } else {
                append((char) point);
            }
        }
    }

    private boolean room(int wanted) {
        int needed = length + wanted + MARK_BYTES;
        if (cut || needed <= bytes.length) {
            return !cut;
        }
        if (needed > MAX_BYTES || !ring.mayGrow(bytes.length)) {
            cut = true;
            return false;
        }
        bytes = Arrays.copyOf(bytes, bytes.length * 2);
        return true;
    }

    @Override
    public void commit() {
        if (source.isBeside()) {
            beside();
        }
        ring.publish(this, position);
    }

    /** What fails here must not keep the record back. */
    private void beside() {
        try {
            source.beside(this);
        } catch (Throwable t) {
            source.tap().failed(t);
        }
    }

    @Override
    public void abort(Throwable failure) {
        aborted = true;
        try {
            source.tap().failed(failure);
        } finally {
            // also when the stack is used up here: a slot that is not published stands in the way of all behind it
            ring.publish(this, position);
        }
    }

    void attach(Map<String, String> pairs) {
        mdc = pairs;
    }

    Map<String, String> mdc() {
        return mdc;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    Records source() {
        return source;
    }

    /** How many hits the record stands for. */
    long weight() {
        return weight;
    }

    long epochNanos() {
        return epochNanos;
    }

    long monotonicNanos() {
        return monotonicNanos;
    }

    Thread thread() {
        return thread;
    }

    String traceId() {
        return traceId;
    }

    String spanId() {
        return spanId;
    }

    boolean isAborted() {
        return aborted;
    }

    /** Null for a log record. */
    SnapshotEntry snapshot() {
        return snapshot;
    }

    /** Another slot takes this one's place; whoever has it may still write. */
    void abandon() {
        if (snapshot != null) {
            snapshot.abandon();
        }
    }

    /** Lets go of what belonged to this hit alone; the rest is likely to be the next one's too, or is {@link #forget}ten. */
    void clear() {
        if (snapshot != null) {
            snapshot.release();
            snapshot = null;
        }
        if (mdc != null) {
            mdc = null;
        }
    }

    /** Lets go of all that hits referred to. */
    void forget() {
        clear();
        source = null;
        thread = null;
        traceId = null;
        spanId = null;
    }
}
