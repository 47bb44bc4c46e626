package io.plumbline.agent.capture;

import io.plumbline.agent.capture.thrown.ThrowableBounds;
import io.plumbline.agent.capture.thrown.ThrowableReader;

/** How a snapshot writes an exception: in full where it is a variable, in short where it is a part of something else. */
interface ThrowableWriter {

    /** Calls nothing that the application could have overridden. */
    void write(Throwable exception, ValueWriter to, int level) throws Throwable;

    static ThrowableWriter of(ThrowableReader reader) {
        ThrowableReader inFull = reader.with(new ThrowableBounds(8, 4, 32, 64, 2_048, 16_384));
        ThrowableReader inShort = reader.with(new ThrowableBounds(1, 0, 2, 5, 512, 2_048));
        return (exception, to, level) -> to.thrown(exception, level == 0 ? inFull : inShort, level);
    }
}
