package io.plumbline.agent.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * The frames of the application's thread at a hit. The JVM writes them down in its own form, in native code that is as fast at
 * the first hit as at the millionth; what they are called is found out by the agent's thread. Where one walks the
 * stack in Java, a rare hit pays for walker, stream and frame objects in the interpreter.
 *
 * <p>It is the one thing that a hit allocates: the JVM's arrays, some 700 bytes for each 32 frames that the thread has.
 *
 * <p>Owned by one thread at a time: by the hit's, then by the agent's. Its classes are held from the one to the other.
 */
final class StackFrames {
    private static final String[] AGENT = {"io.plumbline.agent.capture.", "io.plumbline.agent.bridge."};

    /** What a line is reckoned to take besides its names. */
    private static final int LINE = 20;

    private final Backtrace backtrace = new Backtrace();
    private int max;

    /** The JVM's record of a stack. Filled on demand, not when it is made, as this object is used again and again. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class Backtrace extends Throwable {
        Backtrace() {
            super(null, null, false, true);
        }

        /** Called by the superclass's constructor too. */
        @Override
        @SuppressWarnings("UnsynchronizedOverridesSynchronized") // owned by one thread
        public Throwable fillInStackTrace() {
            return this;
        }

        void take() {
            super.fillInStackTrace();
        }
    }

    /** Called by the hit's thread. */
    void capture(int maxFrames) {
        max = maxFrames;
        if (maxFrames > 0) {
            backtrace.take();
        }
    }

    /**
     * The innermost frames as text. Those of the agent on top are left out, and those that only reflection has put there.
     * Called by the agent's thread.
     *
     * @param maxLength of the text, about; the first frame is always there
     */
    StackText read(int maxLength) {
        if (max == 0) {
            return StackText.NONE;
        }
        List<StackTraceElement> frames = new ArrayList<>();
        int length = 0;
        boolean isCut = false;
        for (StackTraceElement frame : backtrace.getStackTrace()) {
            if ((frames.isEmpty() && isAgent(frame.getClassName())) || isReflection(frame)) {
                continue;
            }
            length += frame.getClassName().length() + 2 * frame.getMethodName().length() + LINE;
            if (frames.size() == max || (length > maxLength && !frames.isEmpty())) {
                isCut = true;
                break;
            }
            frames.add(frame);
        }
        return StackText.of(frames, isCut);
    }

    private static boolean isAgent(String type) {
        return type.startsWith(AGENT[0]) || type.startsWith(AGENT[1]);
    }

    private static boolean isReflection(StackTraceElement frame) {
        String type = frame.getClassName();
        return type.startsWith("jdk.internal.reflect.")
                || type.equals("java.lang.reflect.Method")
                || type.equals("java.lang.reflect.Constructor");
    }

    /** Lets go of what was captured, by the agent's thread: its own stack takes the place of the hit's. */
    void clear() {
        if (max > 0) {
            max = 0;
            backtrace.take();
        }
    }
}
