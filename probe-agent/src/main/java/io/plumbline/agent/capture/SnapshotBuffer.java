package io.plumbline.agent.capture;

import io.plumbline.agent.capture.thrown.TextSink;
import java.util.Arrays;

/**
 * The values of one snapshot as bytes, with a bound on what they will be when they leave the agent: every value is charged
 * with the room that it takes there, names included. When the bound is met nothing more is taken; containers that are open
 * can always be ended.
 *
 * <p>A value is a tag and what belongs to it. A container is its tag, its parts, then {@link #END} with a {@link Cut} and
 * how many parts are left out. Numbers are variable-length, lowest bits first. What goes by reference (names, and values of
 * the JDK that never change) stands beside the bytes, in the order in which it is met. {@link SnapshotReader} reads it.
 *
 * <p>In one piece, though it is long: the charge, the clock, the tag and the bytes of a value are one step on the
 * application's thread, and all of them share the few fields that say how much room is left.
 *
 * <p>Owned by one thread at a time.
 */
final class SnapshotBuffer implements TextSink {
    static final byte NULL = 0;
    static final byte FALSE = 1;
    static final byte TRUE = 2;
    static final byte INTEGER = 3;
    static final byte FLOAT = 4;
    static final byte DOUBLE = 5;
    static final byte CHAR = 6;
    static final byte TEXT = 7;
    static final byte LONG_TEXT = 8;
    static final byte CONSTANT = 9;
    static final byte MOMENT = 10;
    static final byte REDACTED = 11;
    static final byte OBJECT = 12;
    static final byte LIST = 13;
    static final byte MAP = 14;
    static final byte IDENTITY = 15;
    static final byte SAME = 16;
    static final byte CYCLE = 17;
    static final byte ERROR = 18;
    static final byte FAILED = 19;
    static final byte END = 20;
    static final byte THROWN = 21;

    private static final int INITIAL_BYTES = 2_048;
    private static final int INITIAL_REFERENCES = 64;

    /** What a part costs beside its content when it leaves: tags and lengths of OTLP. */
    private static final int FRAME = 6;

    /** Kept free, so that all open containers and the record itself can be ended. */
    private static final int RESERVED = 256;

    /** Between two looks at the clock; a value takes some ten nanoseconds. */
    private static final int STEPS = 64;

    private static final int STEP_CHARS = 32;

    private final SnapshotPool pool;
    private final Shapes shapes;
    private byte[] bytes = new byte[INITIAL_BYTES];
    private Object[] references = new Object[INITIAL_REFERENCES];
    private int length;
    private int thrownAt;
    private int referenceCount;
    private int left;
    private int steps;
    private long takenNanos;
    private long clockedNanos;
    private long maxNanos;
    private long findingNanos;
    private Cut cut = Cut.NONE;

    SnapshotBuffer(SnapshotPool pool) {
        this.pool = pool;
        this.shapes = pool.shapes();
    }

    void begin(int maxBytes, long newMaxNanos) {
        length = 0;
        referenceCount = 0;
        left = maxBytes;
        steps = STEPS;
        maxNanos = newMaxNanos;
        takenNanos = 0;
        clockedNanos = System.nanoTime();
        findingNanos = shapes.findingNanos();
        cut = Cut.NONE;
    }

    /** Why nothing more is taken; {@link Cut#NONE} while something is. */
    Cut cut() {
        return cut;
    }

    boolean isFull() {
        return cut != Cut.NONE;
    }

    /** Of the bound on what leaves, about; less than nothing when it was met. */
    int left() {
        return left;
    }

    int position() {
        return length;
    }

    int references() {
        return referenceCount;
    }

    /** Forgets what was written since; what it was charged stays charged. */
    void reset(int position, int references) {
        length = position;
        Arrays.fill(this.references, references, referenceCount, null);
        referenceCount = references;
    }

    void nul() {
        tag(NULL, 0);
    }

    void bool(boolean value) {
        tag(value ? TRUE : FALSE, 1);
    }

    void redacted() {
        tag(REDACTED, 3);
    }

    void integer(long value) {
        if (tag(INTEGER, 10)) {
            number((value << 1) ^ (value >> 63));
        }
    }

    void single(float value) {
        if (tag(FLOAT, 8)) {
            fixed(Float.floatToRawIntBits(value), 4);
        }
    }

    void decimal(double value) {
        if (tag(DOUBLE, 8)) {
            fixed(Double.doubleToRawLongBits(value), 8);
        }
    }

    void character(char value) {
        if (tag(CHAR, 3)) {
            fixed(value, 2);
        }
    }

    /** A point in time. */
    void moment(long epochSecond, int nanos) {
        if (tag(MOMENT, 30)) {
            number((epochSecond << 1) ^ (epochSecond >> 63));
            number(nanos);
        }
    }

    /** At most so many characters of a text. */
    void text(String text, int max) {
        text(TEXT, text, max);
    }

    /** What an expression threw, in words. */
    void error(String text, int max) {
        text(ERROR, text, max);
    }

    private void text(byte tag, String text, int max) {
        int size = text.length();
        int taken = Math.min(Math.min(size, max), Math.max(0, left - 2 * FRAME - 10));
        steps -= taken / STEP_CHARS;
        if (!room(taken + 2 * FRAME + 32)) {
            return;
        }
        if (taken < size) {
            longText(tag, text, taken);
        } else if (tag(tag, taken)) {
            characters(text, taken);
        }
        if (taken < Math.min(size, max)) {
            full(Cut.BYTES);
        }
    }

    private void longText(byte tag, String text, int taken) {
        if (tag(LONG_TEXT, taken + FRAME + 10)) {
            bytes[length++] = tag;
            number(text.length());
            characters(text, taken);
        }
    }

    /** The length in bytes, then UTF-8. */
    private void characters(String text, int end) {
        int start = length + 4;
        int at = start;
        byte[] to = bytes;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                at = wide(text, i, end, at);
                break;
            }
            to[at++] = (byte) c;
        }
        int size = at - start;
        fixed(size, 4);
        length = at;
    }

    /** From the first character on that is no ASCII; without room for it the text ends there. */
    private int wide(String text, int from, int end, int start) {
        int before = length;
        length = start;
        left -= end - from;
        boolean fits = room(3 * (end - from));
        length = before;
        if (!fits) {
            return start;
        }
        int at = start;
        for (int i = from; i < end; i++) {
            int point = Utf8.pointAt(text, i, end);
            at = Utf8.put(bytes, at, point);
            i += Character.charCount(point) - 1;
        }
        return at;
    }

    /** Begins an exception: its text goes through {@link #append}. False if there is no room. */
    boolean beginThrown() {
        if (!tag(THROWN, FRAME)) {
            return false;
        }
        thrownAt = length;
        length += Integer.BYTES;
        return true;
    }

    void endThrown() {
        int end = length;
        length = thrownAt;
        fixed(end - thrownAt - Integer.BYTES, Integer.BYTES);
        length = end;
    }

    @Override
    public void append(char c) {
        if (left-- <= 0) {
            full(Cut.BYTES);
        }
        if (!isFull() && room(Utf8.MAX)) {
            length = Utf8.put(bytes, length, c);
        }
    }

    @Override
    public void append(String text, int max) {
        int end = Math.min(text.length(), max);
        for (int i = 0; i < end; i++) {
            int point = Utf8.pointAt(text, i, end);
            if (Character.isSupplementaryCodePoint(point) && !isFull() && room(Utf8.MAX)) {
                length = Utf8.put(bytes, length, point);
                i++;
            } else {
                append(text.charAt(i));
            }
        }
        if (end < text.length()) {
            append('…');
        }
    }

    /** A value of the JDK that never changes and refers to nothing of the application; it is written out later. */
    void constant(Object value, int size) {
        if (tag(CONSTANT, size)) {
            reference(value);
        }
    }

    /** Begins an object; its parts follow in the order of the names. False if there is no room. */
    boolean object(Shown shown) {
        if (!tag(OBJECT, shown.type().length() + 2 * FRAME)) {
            return false;
        }
        reference(shown);
        return true;
    }

    boolean list() {
        return tag(LIST, FRAME);
    }

    boolean map() {
        return tag(MAP, FRAME);
    }

    /** An object of which nothing but its class is shown, and which one it is. */
    void identity(Shown shown, int identity) {
        if (tag(IDENTITY, shown.type().length() + 6 * FRAME)) {
            reference(shown);
            fixed(identity, 4);
        }
    }

    /** The container that was the n-th to begin, again. */
    void again(byte tag, int container) {
        if (tag(tag, 5 * FRAME)) {
            number(container);
        }
    }

    /** Reading failed. */
    void failed(Class<?> cause) {
        if (tag(FAILED, cause.getName().length() + 2 * FRAME)) {
            reference(cause.getName());
        }
    }

    /** Ends a container. There is always room for it. */
    void end(Cut why, int more) {
        bytes[length++] = END;
        bytes[length++] = why.code();
        number(Math.max(0, more));
    }

    /** A name that stands before the next value when it leaves. */
    void charge(int nameLength) {
        left -= nameLength + FRAME;
    }

    /** Nothing more is taken. */
    void full(Cut why) {
        if (cut == Cut.NONE) {
            cut = why;
        }
    }

    private boolean tag(byte tag, int size) {
        left -= size + FRAME;
        if (left < 0) {
            full(Cut.BYTES);
        }
        if (--steps <= 0) {
            clock();
        }
        if (isFull() || !room(32)) {
            return false;
        }
        bytes[length++] = tag;
        return true;
    }

    /**
     * What a class costs when it is met first is not counted; else the first snapshot would be the worst. Nothing of the program's
     * runs between two looks at the clock: where they are far apart the thread waited for a core, which is no fault of the capture,
     * so no interval counts for more than a part of the limit.
     */
    private void clock() {
        steps = STEPS;
        long now = System.nanoTime();
        long finding = shapes.findingNanos();
        long working = now - clockedNanos - (finding - findingNanos);
        takenNanos += Math.max(0, Math.min(working, maxNanos / 4));
        clockedNanos = now;
        findingNanos = finding;
        if (takenNanos >= maxNanos) {
            full(Cut.TIME);
        }
    }

    private void number(long value) {
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            bytes[length++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[length++] = (byte) rest;
    }

    private void fixed(long value, int size) {
        for (int i = 0; i < size; i++) {
            bytes[length++] = (byte) (value >>> (8 * i));
        }
    }

    private void reference(Object value) {
        if (referenceCount == references.length) {
            references = Arrays.copyOf(references, references.length * 2);
        }
        references[referenceCount++] = value;
    }

    private boolean room(int wanted) {
        int needed = length + wanted + RESERVED;
        return needed <= bytes.length || grow(needed);
    }

    private boolean grow(int needed) {
        int size = bytes.length;
        while (size < needed) {
            size *= 2;
        }
        if (!pool.mayGrow(size - bytes.length)) {
            full(Cut.BYTES);
            return false;
        }
        bytes = Arrays.copyOf(bytes, size);
        return true;
    }

    byte[] bytes() {
        return bytes;
    }

    Object reference(int index) {
        return references[index];
    }

    /** Lets go of everything. */
    void clear() {
        Arrays.fill(references, 0, referenceCount, null);
        referenceCount = 0;
        length = 0;
    }

    /** Bytes beyond those that every record has. */
    int grownBytes() {
        return bytes.length - INITIAL_BYTES;
    }

    /** Gives memory back beyond what most records need; returns how many bytes. */
    int shrink() {
        int freed = grownBytes();
        if (freed > 0) {
            bytes = new byte[INITIAL_BYTES];
        }
        if (references.length > INITIAL_REFERENCES) {
            references = new Object[INITIAL_REFERENCES];
        }
        return freed;
    }
}
