package io.plumbline.exporters.signal;

import java.util.Map;
import java.util.function.UnaryOperator;

/** One thing that a hit emitted: a log record, a metric point or a span. Immutable. */
public sealed interface Signal permits LogSignal, MetricSignal, SpanSignal {

    SignalKind kind();

    /** The program that emitted it. */
    Resource resource();

    /**
     * String, Long, Double, Boolean, or a List or Map of these, by name, in the order of the wire. Bytes come as Base64
     * text. A null stands for a value that was sent empty, inside lists and maps only.
     */
    Map<String, Object> attributes();

    /**
     * The same with other attributes, in the form that is handed on as it came too.
     *
     * @param change is given the attributes of the signal, and those of each of its exemplars, events and links
     */
    Signal mapAttributes(UnaryOperator<Map<String, Object>> change);

    /** Nanoseconds since 1970, or 0 if the producer did not say. */
    long timeUnixNano();

    /** The size of this signal's OTLP form, without its resource: the measure by which the host cuts batches. */
    int wireBytes();

    /** The probe that emitted it, or "" if it comes from elsewhere. */
    default String probeId() {
        return Values.text(attributes(), AttributeNames.PROBE_ID);
    }
}
