package io.plumbline.agent.capture;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.config.expression.Code;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.wire.SignalAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns a committed slot into an OpenTelemetry log record. Runs on the agent's thread only. */
final class LogDrain {
    private static final AttributeKey<String> UID = AttributeKey.stringKey(SignalAttributes.RECORD_UID);
    private static final AttributeKey<String> DOCUMENT_ID = AttributeKey.stringKey(SignalAttributes.DOCUMENT_ID);
    private static final AttributeKey<String> PROBE = AttributeKey.stringKey(SignalAttributes.PROBE_ID);
    private static final AttributeKey<Long> VERSION = AttributeKey.longKey(SignalAttributes.PROBE_VERSION);
    private static final AttributeKey<String> TO = AttributeKey.stringKey(SignalAttributes.TO);
    private static final AttributeKey<Long> WEIGHT = AttributeKey.longKey(SignalAttributes.WEIGHT);
    private static final AttributeKey<Value<?>> VALUES = AttributeKey.valueKey(SignalAttributes.VALUES);
    private static final AttributeKey<String> FUNCTION = AttributeKey.stringKey("code.function.name");
    private static final AttributeKey<Long> LINE = AttributeKey.longKey("code.line.number");
    private static final AttributeKey<String> THREAD_NAME = AttributeKey.stringKey("thread.name");
    private static final AttributeKey<Long> THREAD_ID = AttributeKey.longKey("thread.id");

    private final RecordUids uids;
    private final Resource resource;
    private final Redaction redaction;

    LogDrain(Resource resource, Redaction redaction) {
        this(new RecordUids(), resource, redaction);
    }

    LogDrain(RecordUids uids, Resource resource, Redaction redaction) {
        this.uids = uids;
        this.resource = resource;
        this.redaction = redaction;
    }

    LogRecordData read(Slot slot) {
        AttributesBuilder attributes = attributes(slot);
        LogSignal.Words words = slot.source() instanceof SnapshotRecords snapshots
                ? SnapshotDrain.read(snapshots, slot.snapshot(), redaction, attributes)
                : log(slot, (LogRecords) slot.source(), attributes);
        return new LogSignal(resource, slot.epochNanos(), words, slot.traceId(), slot.spanId(), attributes.build());
    }

    private AttributesBuilder attributes(Slot slot) {
        Probe probe = slot.source().tap().probe();
        Records.Place place = slot.source().place();
        String uid = uids.next();
        AttributesBuilder attributes = Attributes.builder()
                .put(UID, uid)
                .put(DOCUMENT_ID, uid)
                .put(PROBE, probe.id())
                .put(VERSION, probe.version())
                .put(FUNCTION, place.function())
                .put(THREAD_NAME, redaction.clean(slot.thread().getName()))
                .put(THREAD_ID, threadId(slot.thread()));
        if (!probe.to().isAll()) {
            attributes.put(TO, probe.to().text());
        }
        if (slot.weight() != 1) {
            attributes.put(WEIGHT, slot.weight());
        }
        return place.line() == 0 ? attributes : attributes.put(LINE, (long) place.line());
    }

    private LogSignal.Words log(Slot slot, LogRecords source, AttributesBuilder attributes) {
        Message message = Message.of(source.log().template().literals(), SlotValues.texts(slot), redaction);
        source.tap().redacted(message.hidden());
        List<Code> holes = source.log().template().holes();
        Map<String, Value<?>> pairs = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(message.values().size(), holes.size()); i++) {
            pairs.putIfAbsent(
                    holes.get(i).text().trim(), Value.of(message.values().get(i)));
        }
        if (!pairs.isEmpty()) {
            attributes.put(VALUES, Value.of(pairs));
        }
        return new LogSignal.Words(SignalAttributes.EVENT_LOG, source.log().severity(), message.body());
    }

    @SuppressWarnings("deprecation") // threadId() came with Java 19
    static long threadId(Thread thread) {
        return thread.getId();
    }
}
