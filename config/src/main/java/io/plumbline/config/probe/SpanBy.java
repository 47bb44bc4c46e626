package io.plumbline.config.probe;

/** What tells the requests apart whose hits a span probe brings together. */
public enum SpanBy {
    /** The current trace of whatever tracer there is. */
    TRACE,
    /** The thread: all points are passed by one thread. Needs no tracer. */
    THREAD,
    /** The value of an expression, each point's own. Joins what no tracing joins. */
    KEY;

    /** The word that people write; {@link #KEY} has none, as the expression stands there. */
    String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
