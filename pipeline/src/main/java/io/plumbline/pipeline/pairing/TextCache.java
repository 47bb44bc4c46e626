package io.plumbline.pipeline.pairing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gives the same text for the same bytes, mostly: a table in which a later text takes an earlier one's place. One thread. */
final class TextCache {
    private static final int PLACES = 1_024;
    private static final int MAX_BYTES = 256;

    private final byte[][] known = new byte[PLACES][];
    private final String[] texts = new String[PLACES];

    /** The text of some bytes of UTF-8. */
    String of(byte[] bytes, int from, int size) {
        if (size > MAX_BYTES) {
            return new String(bytes, from, size, StandardCharsets.UTF_8);
        }
        int hash = size;
        for (int i = from; i < from + size; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = (hash ^ (hash >>> 15)) & (PLACES - 1);
        byte[] there = known[place];
        if (there == null || !Arrays.equals(there, 0, there.length, bytes, from, from + size)) {
            known[place] = Arrays.copyOfRange(bytes, from, from + size);
            texts[place] = new String(bytes, from, size, StandardCharsets.UTF_8);
        }
        return texts[place];
    }
}
