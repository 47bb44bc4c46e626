package io.plumbline.e2e.programs;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Runs through a line where there is no room: first with the heap full to the last object, then at the end of the stack. Counts what
 * the line throws that it would not throw by itself. Begins when the file named by the argument is there.
 */
public final class NoRoom {
    /** Passes with a full heap. */
    public static final int FULL_HEAP = 60;

    /** How often the stack is used up. */
    public static final int FULL_STACK = 30;

    private static final int LARGEST = 1 << 20;

    private int strange;
    private int reached;
    private long sink;

    private NoRoom() {}

    private static final class Held {
        private final Held next;
        private final byte[] bytes;

        Held(Held next, int size) {
            this.next = next;
            this.bytes = new byte[size];
        }
    }

    public static void main(String[] arguments) throws Exception {
        NoRoom program = new NoRoom();
        System.out.println("running");
        while (!Files.exists(Path.of(arguments[0]))) {
            Thread.sleep(10);
            program.sink += program.step(0, arguments);
        }
        program.fullHeap(arguments);
        System.out.println("full heap: " + program.reached + " passes, strange: " + program.strange);
        program.reached = 0;
        for (int i = 0; i < FULL_STACK; i++) {
            program.fullStack(arguments);
        }
        System.out.println("full stack: " + program.reached + " times, strange: " + program.strange);
        while (true) {
            Thread.sleep(10);
            program.sink += program.step(1, arguments);
        }
    }

    private void fullHeap(Object value) {
        Held held = null;
        for (int size = LARGEST; size > 0; ) {
            try {
                held = new Held(held, size);
            } catch (OutOfMemoryError e) {
                size /= 2;
            }
        }
        for (int i = 0; i < FULL_HEAP; i++) {
            try {
                sink += step(i, value);
                reached++;
            } catch (Throwable e) {
                strange++;
            }
        }
        sink += held.bytes.length + (held.next == null ? 0 : 1);
    }

    private void fullStack(Object value) {
        try {
            sink += deeper(1, value);
        } catch (StackOverflowError e) {
            reached++;
        } catch (Throwable e) {
            strange++;
        }
    }

    private int deeper(int depth, Object value) {
        return depth < 0 ? depth : step(depth, value) + deeper(depth + 1, value);
    }

    private int step(int number, Object value) {
        int twice = number * 2;
        return twice + (value == null ? 0 : 1); // the probed line
    }
}
