package io.plumbline.agent.capture.thrown;

/**
 * How much of an exception is read.
 *
 * @param depth causes and suppressed exceptions below the first one; 0 reads the exception alone
 * @param suppressed of each exception
 * @param throwables in all
 * @param frames shown of each exception; frames in common with the enclosing trace don't count
 * @param messageChars of each message
 * @param chars in all; once they are used up, frames and further exceptions are left out
 */
public record ThrowableBounds(int depth, int suppressed, int throwables, int frames, int messageChars, int chars) {
    public static final ThrowableBounds DEFAULT = new ThrowableBounds(8, 4, 32, 64, 2_048, 32_768);

    public ThrowableBounds {
        atLeast(depth, 0, "depth");
        atLeast(suppressed, 0, "suppressed");
        atLeast(throwables, 1, "throwables");
        atLeast(frames, 0, "frames");
        atLeast(messageChars, 0, "messageChars");
        atLeast(chars, 1, "chars");
    }

    private static void atLeast(int value, int min, String name) {
        if (value < min) {
            throw new IllegalArgumentException(name + " must be >= " + min + ": " + value);
        }
    }
}
