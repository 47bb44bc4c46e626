package io.plumbline.pipeline.control.history;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Tells records apart that need no decoding: the probe's id stands in them as it is. */
final class Bytes {
    private Bytes() {}

    static boolean contain(byte[] bytes, String text) {
        byte[] wanted = text.getBytes(UTF_8);
        for (int at = 0; at + wanted.length <= bytes.length; at++) {
            if (bytes[at] == wanted[0] && startsAt(bytes, at, wanted)) {
                return true;
            }
        }
        return false;
    }

    private static boolean startsAt(byte[] bytes, int at, byte[] wanted) {
        for (int i = 1; i < wanted.length; i++) {
            if (bytes[at + i] != wanted[i]) {
                return false;
            }
        }
        return true;
    }
}
