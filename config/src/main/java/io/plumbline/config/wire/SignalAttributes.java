package io.plumbline.config.wire;

/**
 * The attribute names on our signals that OpenTelemetry's conventions do not name already. Those it does name (service,
 * code, thread) are used as they are.
 */
public final class SignalAttributes {
    /** On every record and point: the probe's id. */
    public static final String PROBE_ID = "plumbline.probe.id";

    /** On log records: the version of the definition that was in force. */
    public static final String PROBE_VERSION = "plumbline.probe.version";

    /** On log records: how many hits the record stands for; absent for 1. */
    public static final String WEIGHT = "plumbline.weight";

    /** On log records: expression text to value, as one map, so that variables never become fields of a backend. */
    public static final String VALUES = "plumbline.values";

    /** On exceptions: equal for the same bug, in every instance and run. */
    public static final String EXCEPTION_FINGERPRINT = "plumbline.exception.fingerprint";

    /** On exceptions: the causes, outermost first, as a list of maps with {@code type}, {@code message}, {@code at}. */
    public static final String EXCEPTION_CAUSES = "plumbline.exception.causes";

    /** On log records: unique for ever, minted in the agent; a repeated delivery has the same. */
    public static final String RECORD_UID = "log.record.uid";

    /** The same id under the name that Elasticsearch's own OTLP endpoint and the Collector's exporter honour. */
    public static final String DOCUMENT_ID = "elasticsearch.document_id";

    /** The event name of a log action's record. */
    public static final String EVENT_LOG = "plumbline.log";

    /** The event name of a snapshot. */
    public static final String EVENT_SNAPSHOT = "plumbline.snapshot";

    /** The event name of an exception, by OpenTelemetry's conventions for exceptions in logs. */
    public static final String EVENT_EXCEPTION = "exception";

    /** Which frames of {@code code.stacktrace}, counted from 0, are not the JDK's own. */
    public static final String STACK_OWN = "plumbline.stack.own";

    /** In the values of a snapshot: the watch expressions by name. */
    public static final String WATCH = "@watch";

    /** In the values of a snapshot: what surrounds the hit, by {@code mdc}, {@code span} (attributes) and {@code baggage}. */
    public static final String CONTEXT = "@context";

    /** In the values of a snapshot: the static fields by name. */
    public static final String STATICS = "@statics";

    /** On spans between points: the point that it begins at. */
    public static final String SPAN_FROM = "plumbline.span.from";

    /** On spans between points: the point that it ends at. */
    public static final String SPAN_TO = "plumbline.span.to";

    /** On spans between points, where the probe goes by an expression: its value, what tells the request apart. */
    public static final String SPAN_KEY = "plumbline.span.key";

    /** On spans between points: by how many nanoseconds the duration may be off, either way; absent where nobody knows. */
    public static final String LATENCY_BOUND = "plumbline.latency.bound_ns";

    /** On spans between points: how the duration is known: {@code process}, {@code host}, {@code hops} or {@code unbounded}. */
    public static final String LATENCY_BASIS = "plumbline.latency.basis";

    /**
     * The instances of exporters that a signal is for, with commas between them; absent for all. The exporter host takes it
     * off before exporters see the signal.
     */
    public static final String TO = "plumbline.to";

    /** The instrumentation scope of everything we emit. */
    public static final String SCOPE = "io.plumbline";

    private SignalAttributes() {}
}
