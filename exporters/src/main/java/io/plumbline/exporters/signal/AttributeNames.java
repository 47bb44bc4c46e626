package io.plumbline.exporters.signal;

/** The attributes that carry a meaning for exporters. Foreign producers need not send any of them. */
public final class AttributeNames {

    /** The probe that emitted the signal. */
    public static final String PROBE_ID = "plumbline.probe.id";

    /**
     * Captured values: for a log record texts by expression, for a snapshot values of any depth by variable. The keys are
     * program text, so never index them one field each.
     */
    public static final String VALUES = "plumbline.values";

    /** Unique id of a log record, minted in the agent. */
    public static final String LOG_RECORD_UID = "log.record.uid";

    /** The same id under the name that stock Collectors and Elasticsearch honour. */
    public static final String DOCUMENT_ID = "elasticsearch.document_id";

    public static final String FUNCTION = "code.function.name";
    public static final String FILE = "code.file.path";
    public static final String LINE = "code.line.number";
    public static final String THREAD = "thread.name";

    /** The stack of a snapshot, a line for each frame, innermost first. */
    public static final String STACK = "code.stacktrace";

    /** Which frames of it, counted from 0, are not the JDK's own. */
    public static final String STACK_OWN = "plumbline.stack.own";

    /** An exception's stack trace with its causes, as Java prints it. */
    public static final String EXCEPTION_STACK = "exception.stacktrace";

    /** On a span between two points: by how many nanoseconds its duration may be off, either way. */
    public static final String LATENCY_BOUND = "plumbline.latency.bound_ns";

    /** On a span between two points: how its duration is known, {@code process}, {@code host}, {@code hops} or {@code unbounded}. */
    public static final String LATENCY_BASIS = "plumbline.latency.basis";

    private AttributeNames() {}
}
