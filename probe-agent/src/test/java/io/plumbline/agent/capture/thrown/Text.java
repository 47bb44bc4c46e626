package io.plumbline.agent.capture.thrown;

import io.plumbline.agent.capture.Opener;
import java.io.PrintWriter;
import java.io.StringWriter;

/** A sink that remembers, and what tests do with it. */
final class Text implements TextSink {
    static final ThrowableReader READER = new ThrowableReader(Opener::open, ThrowableBounds.DEFAULT);

    final StringBuilder text = new StringBuilder();

    @Override
    public void append(char c) {
        text.append(c);
    }

    @Override
    public void append(String more, int max) {
        text.append(more, 0, Math.min(max, more.length()));
        if (more.length() > max) {
            text.append('…');
        }
    }

    static CapturedThrowable capture(Throwable throwable) {
        return capture(throwable, ThrowableBounds.DEFAULT);
    }

    static CapturedThrowable capture(Throwable throwable, ThrowableBounds bounds) {
        Text out = new Text();
        READER.with(bounds).read(throwable, out);
        return CapturedThrowable.parse(out.text.toString());
    }

    /** What the JDK prints. */
    static String printed(Throwable throwable) {
        StringWriter out = new StringWriter();
        throwable.printStackTrace(new PrintWriter(out));
        return out.toString().replace(System.lineSeparator(), "\n");
    }
}
