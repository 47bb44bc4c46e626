package io.plumbline.agent.capture;

/** Code points as UTF-8. */
final class Utf8 {
    /** Bytes of a character at most. */
    static final int MAX = 4;

    private static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    /** Writes one code point; half a pair becomes the replacement character. Returns the place behind it. */
    static int put(byte[] bytes, int start, int codePoint) {
        int point =
                codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE ? REPLACEMENT : codePoint;
        int at = start;
        if (point < 0x80) {
            bytes[at++] = (byte) point;
        } else if (point < 0x800) {
            bytes[at++] = (byte) (0xC0 | (point >> 6));
            bytes[at++] = tail(point);
        } else if (point < 0x10000) {
            bytes[at++] = (byte) (0xE0 | (point >> 12));
            bytes[at++] = tail(point >> 6);
            bytes[at++] = tail(point);
        } else {
            bytes[at++] = (byte) (0xF0 | (point >> 18));
            bytes[at++] = tail(point >> 12);
            bytes[at++] = tail(point >> 6);
            bytes[at++] = tail(point);
        }
        return at;
    }

    private static byte tail(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
