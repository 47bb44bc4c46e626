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

    /** How many bytes {@link #put} writes. */
    static int size(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : MAX;
    }

    /** The code point that begins at a place of a text; half a pair stands for itself, also where the pair goes over the end. */
    static int pointAt(String text, int at, int end) {
        char c = text.charAt(at);
        boolean isPair = Character.isHighSurrogate(c) && at + 1 < end && Character.isLowSurrogate(text.charAt(at + 1));
        return isPair ? Character.toCodePoint(c, text.charAt(at + 1)) : c;
    }

    private static byte tail(int bits) {
        return (byte) (0x80 | (bits & 0x3F));
    }
}
