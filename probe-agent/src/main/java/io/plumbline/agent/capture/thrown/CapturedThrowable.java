package io.plumbline.agent.capture.thrown;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An exception as {@link ThrowableReader} left it. On the agent's thread.
 *
 * @param type the class's binary name
 * @param message null if there is none
 * @param suppressed in order
 * @param cause null if there is none
 * @param isRepeated whether it stands for one that came before: a cycle, or a shared cause
 * @param isCut whether causes or suppressed exceptions below were left out
 */
public record CapturedThrowable(
        String type,
        String message,
        Frames frames,
        List<CapturedThrowable> suppressed,
        CapturedThrowable cause,
        boolean isRepeated,
        boolean isCut) {

    /**
     * A trace.
     *
     * @param shown from the top
     * @param cut how many after them were left out
     * @param common how many at the bottom are those of the enclosing trace
     */
    public record Frames(List<CapturedFrame> shown, int cut, int common) {
        static final Frames NONE = new Frames(List.of(), 0, 0);

        public Frames {
            shown = List.copyOf(shown);
        }
    }

    public CapturedThrowable {
        suppressed = List.copyOf(suppressed);
    }

    /**
     * Takes apart what a {@link ThrowableReader} wrote. A text that was cut anywhere is read as far as it goes.
     *
     * @throws IllegalArgumentException when the text does not begin with an exception
     */
    public static CapturedThrowable parse(String text) {
        return new MarkedText(text).throwable();
    }

    /** The same with other messages. */
    public CapturedThrowable map(UnaryOperator<String> messages) {
        return new CapturedThrowable(
                type,
                message == null ? null : messages.apply(message),
                frames,
                suppressed.stream().map(one -> one.map(messages)).toList(),
                cause == null ? null : cause.map(messages),
                isRepeated,
                isCut);
    }

    /** As {@code printStackTrace} prints it, lines ended by {@code \n}; what was cut is marked with {@code …}. */
    public String stackTrace() {
        return StackTraceText.of(this);
    }

    /** Class and message, as {@link Throwable#toString} writes them. */
    @Override
    public String toString() {
        return message == null ? type : type + ": " + message;
    }
}
