package io.plumbline.agent.capture.thrown;

/** Writes an exception as {@link Throwable#printStackTrace()} does, after the source of the JDK. */
final class StackTraceText {
    private static final String SUPPRESSED = "Suppressed: ";
    private static final String CAUSE = "Caused by: ";

    private final StringBuilder out = new StringBuilder();

    private StackTraceText() {}

    static String of(CapturedThrowable throwable) {
        StackTraceText text = new StackTraceText();
        text.write(throwable, "", "");
        return text.out.toString();
    }

    private void write(CapturedThrowable throwable, String caption, String prefix) {
        if (throwable.isRepeated()) {
            line(prefix, caption, "[CIRCULAR REFERENCE: " + throwable + "]");
            return;
        }
        line(prefix, caption, throwable.toString());
        frames(throwable.frames(), prefix);
        for (CapturedThrowable one : throwable.suppressed()) {
            write(one, SUPPRESSED, prefix + "\t");
        }
        if (throwable.cause() != null) {
            write(throwable.cause(), CAUSE, prefix);
        }
        if (throwable.isCut()) {
            line(prefix, "", "… causes or suppressed exceptions left out");
        }
    }

    private void frames(CapturedThrowable.Frames frames, String prefix) {
        for (CapturedFrame frame : frames.shown()) {
            line(prefix, "\tat ", frame.toString());
        }
        if (frames.cut() > 0) {
            line(prefix, "\t… ", frames.cut() + " frames left out");
        }
        if (frames.common() > 0) {
            line(prefix, "\t... ", frames.common() + " more");
        }
    }

    private void line(String prefix, String caption, String text) {
        out.append(prefix).append(caption).append(text).append('\n');
    }
}
