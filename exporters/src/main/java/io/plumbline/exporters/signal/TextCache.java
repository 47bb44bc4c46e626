package io.plumbline.exporters.signal;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Gives the same text for the same bytes, mostly: a table in which a later text takes an earlier one's place. Not thread-safe. */
public final class TextCache {
    private static final int PLACES = 1_024;
    private static final int MAX_BYTES = 256;

    /** Stands in a text for bytes that are none. */
    private static final char REPLACEMENT = '\uFFFD';

    private final byte[][] known = new byte[PLACES][];
    private final String[] texts = new String[PLACES];

    /**
     * The text of some bytes of UTF-8.
     *
     * @throws InvalidProtocolBufferException if they are none
     */
    public String of(byte[] bytes, int from, int size) throws InvalidProtocolBufferException {
        if (size > MAX_BYTES) {
            return text(bytes, from, size);
        }
        int hash = size;
        for (int i = from; i < from + size; i++) {
            hash = 31 * hash + bytes[i];
        }
        int place = (hash ^ (hash >>> 15)) & (PLACES - 1);
        byte[] there = known[place];
        if (there == null || !Arrays.equals(there, 0, there.length, bytes, from, from + size)) {
            texts[place] = text(bytes, from, size);
            known[place] = Arrays.copyOfRange(bytes, from, from + size);
        }
        return texts[place];
    }

    private static String text(byte[] bytes, int from, int size) throws InvalidProtocolBufferException {
        String text = new String(bytes, from, size, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) >= 0
                && !ByteString.copyFrom(bytes, from, size).isValidUtf8()) {
            throw new InvalidProtocolBufferException("Protocol message had invalid UTF-8.");
        }
        return text;
    }
}
