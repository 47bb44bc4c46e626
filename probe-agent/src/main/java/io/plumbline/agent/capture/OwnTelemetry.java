package io.plumbline.agent.capture;

import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.plumbline.agent.capture.beside.Beside;
import io.plumbline.agent.capture.beside.LogLine;
import io.plumbline.agent.capture.context.MdcReader;
import io.plumbline.agent.capture.context.Surroundings;
import io.plumbline.config.probe.Action;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.wire.SignalAttributes;
import java.util.LinkedHashMap;
import java.util.Map;

/** What records need to do for the program's own telemetry, on the hit's thread and when they are drained. */
record OwnTelemetry(Surroundings surroundings, Beside beside, Redaction redaction) {
    private static final int MAX_PAIRS = 64;

    /** The keys by which the OpenTelemetry agent puts ids into the MDC. */
    private static final String TRACE_ID = "trace_id";

    private static final String SPAN_ID = "span_id";

    /** The MDC of the calling thread, with what tells a probe's line from one by hand. */
    static Map<String, String> mdc(MdcReader reader, Slot slot) {
        Map<String, String> pairs = new LinkedHashMap<>();
        reader.forEach((name, value) -> pairs.put(name, String.valueOf(value)), MAX_PAIRS);
        if (slot.traceId() != null && !slot.traceId().isEmpty()) {
            pairs.putIfAbsent(TRACE_ID, slot.traceId());
            pairs.putIfAbsent(SPAN_ID, slot.spanId());
        }
        pairs.put(SignalAttributes.PROBE_ID, slot.source().tap().probe().id());
        if (slot.weight() != 1) {
            pairs.put(SignalAttributes.WEIGHT, String.valueOf(slot.weight()));
        }
        return pairs;
    }

    /** Gives a drained log record to the program's own log, if its action says so. */
    void write(Slot slot, LogRecordData record) {
        if (slot.mdc() == null || !(slot.source() instanceof LogRecords source)) {
            return;
        }
        Value<?> body = record.getBodyValue();
        String message = body == null ? "" : body.asString();
        Action.Log log = source.log();
        Records.Place place = source.place();
        beside.log(new LogLine(
                source.tap().probe().id(),
                log.beside().orElseThrow(),
                place.type(),
                new StackTraceElement(place.type().getName(), place.method(), null, place.line()),
                log.severity(),
                message,
                slot.thread().getName(),
                slot.epochNanos(),
                slot.mdc()));
    }
}
