package io.plumbline.agent.capture;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.config.pairing.PointHit;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.Severity;
import io.plumbline.config.probe.SpanBy;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.wire.PointAttributes;
import io.plumbline.config.wire.SignalAttributes;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Turns hits of points into what is sent to be paired, or pairs them here where they meet on one thread. Runs on the agent's thread
 * only.
 */
final class PointDrain {
    private static final int KEY_DIGEST_BYTES = 16;
    private static final int MAX_KEY = 256;

    private final RecordUids uids;
    private final Resource resource;
    private final Redaction redaction;
    private final ThreadPairs threads;
    private final String instance;
    private final String clock;

    /**
     * @param instance this instance's id
     * @param clock which monotonic clock its hits have
     */
    PointDrain(
            RecordUids uids,
            Resource resource,
            Redaction redaction,
            ThreadPairs threads,
            String instance,
            String clock) {
        this.uids = uids;
        this.resource = resource;
        this.redaction = redaction;
        this.threads = threads;
        this.instance = instance;
        this.clock = clock;
    }

    /** Hands over what is to be sent of a hit; nothing where it is paired here, or belongs to no request. */
    void read(Slot slot, Consumer<LogRecordData> consumer) {
        PointRecords source = (PointRecords) slot.source();
        List<String> values = SlotValues.texts(slot);
        String key = key(slot, source, values);
        int every = (int) slot.weight();
        if (key == null) {
            source.withoutKey();
        } else if (source.by() == SpanBy.KEY && !PointAttributes.isTaken(key, every)) {
            source.sampledOut();
        } else if (Hops.isHop(source.tap().probe(), source.point())) {
            Hops.read(values.subList(1, values.size()), slot.epochNanos())
                    .ifPresent(hop -> consumer.accept(signal(slot, hop(slot, hop, key), PointAttributes.EVENT_HOP)));
        } else if (source.by() == SpanBy.THREAD) {
            threads.add(source, hit(slot, source, key, values));
        } else {
            PointHit hit = hit(slot, source, key, values);
            consumer.accept(signal(slot, attributes(slot, source, hit), PointAttributes.EVENT_POINT));
        }
    }

    /** Null where the expression gave none. */
    private String key(Slot slot, PointRecords source, List<String> values) {
        return switch (source.by()) {
            case TRACE -> slot.traceId();
            case THREAD -> Long.toString(LogDrain.threadId(slot.thread()));
            case KEY -> {
                boolean isThere = slot.length() > 0 && slot.bytes()[0] != Slot.NULL && slot.bytes()[0] != Slot.ERROR;
                yield isThere ? discreet(values.get(0)) : null;
            }
        };
    }

    /** A key that must not leave, and a long one, go as a digest: it tells requests apart as well. */
    private String discreet(String key) {
        return key.length() <= MAX_KEY && redaction.clean(key).equals(key) ? key : digest(key);
    }

    private static String digest(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, KEY_DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    private PointHit hit(Slot slot, PointRecords source, String key, List<String> values) {
        Map<String, String> attributes = new LinkedHashMap<>();
        int at = source.by() == SpanBy.KEY ? 1 : 0;
        for (String name : source.point().point().attributes().keySet()) {
            if (at < values.size()) {
                attributes.put(name, redaction.clean(values.get(at++)));
            }
        }
        Records.Place place = source.place();
        return new PointHit(
                uids.next(),
                source.point().point().name(),
                key,
                slot.traceId(),
                slot.spanId(),
                slot.epochNanos(),
                slot.monotonicNanos(),
                clock,
                instance + "/" + LogDrain.threadId(slot.thread()),
                (int) slot.weight(),
                attributes,
                place.line() == 0 ? place.function() : place.function() + ":" + place.line());
    }

    private Attributes attributes(Slot slot, PointRecords source, PointHit hit) {
        Probe probe = source.tap().probe();
        Records.Place place = source.place();
        AttributesBuilder attributes = Attributes.builder()
                .put(SignalAttributes.RECORD_UID, hit.uid())
                .put(SignalAttributes.PROBE_ID, probe.wholeId())
                .put(SignalAttributes.PROBE_VERSION, probe.version())
                .put(PointAttributes.POINT, hit.point())
                .put(PointAttributes.KEY, hit.key())
                .put(PointAttributes.MONOTONIC, hit.monotonicNanos())
                .put(PointAttributes.CLOCK, clock)
                .put("thread.id", LogDrain.threadId(slot.thread()))
                .put("code.function.name", place.function());
        if (place.line() != 0) {
            attributes.put("code.line.number", (long) place.line());
        }
        if (hit.every() > 1) {
            attributes.put(PointAttributes.EVERY, (long) hit.every());
        }
        if (!hit.attributes().isEmpty()) {
            Map<String, Value<?>> values = new LinkedHashMap<>();
            hit.attributes().forEach((name, value) -> values.put(name, Value.of(value)));
            attributes.put(AttributeKey.valueKey(SignalAttributes.VALUES), Value.of(values));
        }
        return attributes.build();
    }

    private Attributes hop(Slot slot, Hops.Hop hop, String key) {
        return Attributes.builder()
                .put(PointAttributes.KEY, key)
                .put(PointAttributes.MONOTONIC, slot.monotonicNanos())
                .put(PointAttributes.CLOCK, clock)
                .put(PointAttributes.HOP_SIDE, hop.side())
                .put(PointAttributes.HOP_SPAN, hop.span())
                .put(PointAttributes.HOP_START, hop.start())
                .put(PointAttributes.HOP_END, hop.end())
                .put(PointAttributes.HOP_ERROR, hop.error())
                .build();
    }

    private LogSignal signal(Slot slot, Attributes attributes, String event) {
        return new LogSignal(
                resource,
                slot.epochNanos(),
                new LogSignal.Words(event, Severity.INFO, ""),
                slot.traceId(),
                slot.spanId(),
                attributes);
    }
}
