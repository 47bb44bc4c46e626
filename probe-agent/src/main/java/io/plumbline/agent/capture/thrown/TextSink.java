package io.plumbline.agent.capture.thrown;

/** Takes text on an application's thread, bounded by itself; what does not fit is cut. */
public interface TextSink {
    void append(char c);

    /** Appends at most so many characters, and {@code …} when the text was longer. */
    void append(String text, int max);
}
