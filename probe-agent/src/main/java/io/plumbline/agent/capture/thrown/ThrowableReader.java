package io.plumbline.agent.capture.thrown;

import java.util.function.Consumer;

/**
 * Reads an exception on the application's thread: class, message, frames, suppressed ones and causes, as text with marks
 * that {@link CapturedThrowable#parse} takes apart on the agent's thread. No method of the exception's class is called;
 * what an override of getMessage, getCause or getStackTrace would add is not seen.
 *
 * <p>Bounded by {@link ThrowableBounds}; each cut is marked. Allocates a small object for the reading itself and, once in
 * an exception's life and unless the application did it before, the exception's stack trace elements. Nothing is kept.
 * Never throws. Any thread.
 */
public final class ThrowableReader {
    private final ThrowableBounds bounds;
    private final ThrowableFields fields;
    private final String limitation;

    /**
     * @param opener opens a class's package to the agent
     */
    public ThrowableReader(Consumer<Class<?>> opener, ThrowableBounds bounds) {
        this.bounds = bounds;
        ThrowableFields found = null;
        String reason = "";
        try {
            found = new ThrowableFields(opener);
        } catch (ReflectiveOperationException | RuntimeException e) {
            reason = "of exceptions only the class can be read in this JVM: " + e;
        }
        fields = found;
        limitation = reason;
    }

    /** A reader with bounds of its own. */
    public ThrowableReader with(ThrowableBounds other) {
        return new ThrowableReader(this, other);
    }

    private ThrowableReader(ThrowableReader like, ThrowableBounds bounds) {
        this.bounds = bounds;
        this.fields = like.fields;
        this.limitation = like.limitation;
    }

    /** Why this JVM lets only the class be read; empty if all can be. */
    public String limitation() {
        return limitation;
    }

    /**
     * Writes an exception.
     *
     * @return whether all of it was written; the sink may have cut more
     */
    public boolean read(Throwable throwable, TextSink out) {
        try {
            if (fields == null) {
                out.append(Marks.TYPE);
                out.append(Marks.SUBJECT);
                out.append(throwable.getClass().getName(), ThrowableReading.MAX_NAME);
                return false;
            }
            ThrowableReading reading = new ThrowableReading(fields, bounds, out);
            reading.write(throwable);
            return reading.isComplete();
        } catch (Throwable t) {
            // out of stack or memory: the text ends here, which reads as cut
            return false;
        }
    }
}
