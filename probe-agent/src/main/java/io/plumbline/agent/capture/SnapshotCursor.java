package io.plumbline.agent.capture;

import java.nio.charset.StandardCharsets;

/** Takes tags, numbers, texts and references off what a {@link SnapshotBuffer} holds, from its beginning on. */
final class SnapshotCursor {
    private final SnapshotBuffer from;
    private final byte[] bytes;
    private int at;
    private int reference;

    SnapshotCursor(SnapshotBuffer from) {
        this.from = from;
        this.bytes = from.bytes();
    }

    /** Whether this is the tag of what comes next. */
    boolean isAt(byte tag) {
        return bytes[at] == tag;
    }

    byte next() {
        return bytes[at++];
    }

    Object reference() {
        return from.reference(reference++);
    }

    String text() {
        int size = (int) fixed(Integer.BYTES);
        String text = new String(bytes, at, size, StandardCharsets.UTF_8);
        at += size;
        return text;
    }

    long signed() {
        long value = number();
        return (value >>> 1) ^ -(value & 1);
    }

    /** Of variable length, lowest bits first. */
    long number() {
        long value = 0;
        int shift = 0;
        byte next;
        do {
            next = bytes[at++];
            value |= (next & 0x7FL) << shift;
            shift += 7;
        } while (next < 0);
        return value;
    }

    /** Of so many bytes, lowest first. */
    long fixed(int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes[at++] & 0xFFL) << (8 * i);
        }
        return value;
    }
}
