package io.plumbline.agent.capture.context;

/** Takes names with values on the application's thread. */
public interface PairSink {
    /**
     * @param value a text, or for a span's attributes also a Boolean, a number, or a list of whatever class; never null
     */
    void pair(String name, Object value);
}
