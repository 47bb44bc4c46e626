package io.plumbline.config.probe;

/**
 * How much of the variables one hit may capture. What is beyond a bound is cut, and the cut is marked in the value.
 *
 * @param depth levels of objects that are opened; at 0 only their types are shown
 * @param fields of one object
 * @param elements of one array, collection or map
 * @param length characters of one text
 * @param bytes of the whole record, about, as it leaves the agent
 * @param millis on the application's thread for the whole record
 * @param stack frames, innermost first; 0 for none
 */
public record CaptureBounds(int depth, int fields, int elements, int length, int bytes, int millis, int stack) {
    public static final int MAX_DEPTH = 10;
    public static final int MAX_FIELDS = 1_000;
    public static final int MAX_ELEMENTS = 10_000;
    public static final int MAX_LENGTH = 65_536;
    public static final int MIN_BYTES = 1_024;
    public static final int MAX_BYTES = 262_144;
    public static final int MAX_MILLIS = 100;
    public static final int MAX_STACK = 256;

    public static final CaptureBounds DEFAULT = new CaptureBounds(3, 20, 50, 255, 32_768, 5, 32);

    public CaptureBounds {
        require("depth", depth, 0, MAX_DEPTH);
        require("fields", fields, 1, MAX_FIELDS);
        require("elements", elements, 1, MAX_ELEMENTS);
        require("length", length, 1, MAX_LENGTH);
        require("bytes", bytes, MIN_BYTES, MAX_BYTES);
        require("time", millis, 1, MAX_MILLIS);
        require("stack", stack, 0, MAX_STACK);
    }

    private static void require(String key, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException("'" + key + "' must be from " + min + " to " + max + ": " + value);
        }
    }
}
