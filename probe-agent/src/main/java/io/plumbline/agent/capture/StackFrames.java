package io.plumbline.agent.capture;

import java.lang.StackWalker.Option;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.stream.Stream;

/**
 * The innermost frames of the application's thread as texts and numbers; no class is held. Frames that the JVM hides are
 * none, among them the generated code of the hit, and the agent's own on top are left out.
 *
 * <p>Owned by one thread at a time.
 */
final class StackFrames {
    private static final StackWalker WALKER = StackWalker.getInstance(EnumSet.of(Option.RETAIN_CLASS_REFERENCE), 32);
    private static final String[] AGENT = {"io.plumbline.agent.capture.", "io.plumbline.agent.bridge."};
    private static final int INITIAL = 32;

    private String[] types = new String[INITIAL];
    private String[] methods = new String[INITIAL];
    private String[] files = new String[INITIAL];
    private int[] lines = new int[INITIAL];
    private boolean[] own = new boolean[INITIAL];
    private int count;
    private int max;
    private boolean isCut;
    private int length;

    void capture(int maxFrames) {
        count = 0;
        length = 0;
        isCut = false;
        max = maxFrames;
        if (maxFrames > 0) {
            WALKER.walk(this::read);
        }
    }

    private Void read(Stream<StackWalker.StackFrame> frames) {
        Iterator<StackWalker.StackFrame> iterator = frames.iterator();
        boolean isTop = true;
        while (iterator.hasNext()) {
            StackWalker.StackFrame frame = iterator.next();
            isTop = isTop && isAgent(frame.getClassName());
            if (!isTop) {
                if (count == max) {
                    isCut = true;
                    break;
                }
                add(frame);
            }
        }
        return null;
    }

    private static boolean isAgent(String type) {
        return type.startsWith(AGENT[0]) || type.startsWith(AGENT[1]);
    }

    private void add(StackWalker.StackFrame frame) {
        if (count == types.length) {
            grow();
        }
        types[count] = frame.getClassName();
        methods[count] = frame.getMethodName();
        StackTraceElement element = frame.toStackTraceElement();
        files[count] = element.getFileName();
        lines[count] = element.getLineNumber();
        own[count] = !Shapes.isJdk(frame.getDeclaringClass());
        length += types[count].length() + 2 * methods[count].length() + 20;
        count++;
    }

    private void grow() {
        int size = count * 2;
        types = Arrays.copyOf(types, size);
        methods = Arrays.copyOf(methods, size);
        files = Arrays.copyOf(files, size);
        lines = Arrays.copyOf(lines, size);
        own = Arrays.copyOf(own, size);
    }

    /** About how long the text is. */
    int length() {
        return length;
    }

    int count() {
        return count;
    }

    /** Whether the frame's class is not the JDK's. */
    boolean isOwn(int frame) {
        return own[frame];
    }

    /** As Java writes a stack trace, a line for each frame. */
    String text() {
        StringBuilder text = new StringBuilder(length + count * 8);
        for (int i = 0; i < count; i++) {
            text.append(i == 0 ? "" : "\n")
                    .append("at ")
                    .append(types[i])
                    .append('.')
                    .append(methods[i])
                    .append('(');
            place(i, text);
            text.append(')');
        }
        return isCut ? text.append("\n…").toString() : text.toString();
    }

    private void place(int i, StringBuilder text) {
        if (lines[i] == -2) {
            text.append("Native Method");
        } else if (files[i] == null) {
            text.append("Unknown Source");
        } else {
            text.append(files[i]);
            if (lines[i] >= 0) {
                text.append(':').append(lines[i]);
            }
        }
    }

    void clear() {
        Arrays.fill(types, 0, count, null);
        Arrays.fill(methods, 0, count, null);
        Arrays.fill(files, 0, count, null);
        count = 0;
    }
}
