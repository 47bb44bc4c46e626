package io.plumbline.agent.capture;

import java.util.ArrayList;
import java.util.List;

/**
 * Frames as they leave the agent.
 *
 * @param text as Java writes a stack trace, a line for each frame; empty without frames
 * @param own which of the frames, counted from 0, are not the JDK's
 */
record StackText(String text, List<Long> own) {
    static final StackText NONE = new StackText("", List.of());

    /**
     * @param isCut whether there were more
     */
    static StackText of(List<StackTraceElement> frames, boolean isCut) {
        StringBuilder text = new StringBuilder();
        List<Long> own = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            StackTraceElement frame = frames.get(i);
            text.append(i == 0 ? "" : "\n")
                    .append("at ")
                    .append(frame.getClassName())
                    .append('.')
                    .append(frame.getMethodName())
                    .append('(');
            place(frame, text);
            text.append(')');
            if (!CoreClasses.has(frame)) {
                own.add((long) i);
            }
        }
        return new StackText(text.append(isCut ? "\n…" : "").toString(), own);
    }

    private static void place(StackTraceElement frame, StringBuilder text) {
        if (frame.isNativeMethod()) {
            text.append("Native Method");
        } else if (frame.getFileName() == null) {
            text.append("Unknown Source");
        } else {
            text.append(frame.getFileName());
            if (frame.getLineNumber() >= 0) {
                text.append(':').append(frame.getLineNumber());
            }
        }
    }
}
