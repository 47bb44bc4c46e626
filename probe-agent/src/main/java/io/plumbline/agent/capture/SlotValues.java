package io.plumbline.agent.capture;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the values of a hit back, in the order in which it put them. The thread that the slot belongs to. */
final class SlotValues {
    private SlotValues() {}

    /** As they are shown in a text. */
    static List<String> texts(Slot slot) {
        List<String> texts = new ArrayList<>();
        of(slot).forEach(value -> texts.add(String.valueOf(value)));
        return texts;
    }

    /** Null, Boolean, Long, Double, or String. */
    static List<Object> of(Slot slot) {
        List<Object> values = new ArrayList<>();
        int at = 0;
        byte[] bytes = slot.bytes();
        while (at < slot.length()) {
            byte tag = bytes[at++];
            switch (tag) {
                case Slot.NULL -> values.add(null);
                case Slot.BOOLEAN -> values.add(bytes[at++] == 1);
                case Slot.TEXT, Slot.ERROR -> {
                    int size = (int) little(bytes, at, 4);
                    String text = new String(bytes, at + 4, size, StandardCharsets.UTF_8);
                    values.add(tag == Slot.ERROR ? "<error: " + text + ">" : text);
                    at += 4 + size;
                }
                default -> {
                    values.add(number(tag, little(bytes, at, 8)));
                    at += 8;
                }
            }
        }
        return values;
    }

    private static Object number(byte tag, long bits) {
        return switch (tag) {
            case Slot.CHAR -> String.valueOf((char) bits);
            case Slot.FLOAT -> Float.intBitsToFloat((int) bits);
            case Slot.DOUBLE -> Double.longBitsToDouble(bits);
            default -> bits;
        };
    }

    private static long little(byte[] bytes, int at, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (bytes[at + i] & 0xFFL) << (8 * i);
        }
        return value;
    }
}
