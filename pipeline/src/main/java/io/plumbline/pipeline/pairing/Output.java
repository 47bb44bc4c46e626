package io.plumbline.pipeline.pairing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import io.plumbline.config.pairing.PointHit;
import io.plumbline.config.pairing.Trail;
import io.plumbline.config.probe.Durations;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.signal.Resource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/** Sends what pairing has to say. Pairing thread only; Kafka's tells of failures. */
final class Output implements Told {
    private static final int MAX_SPANS = 200;
    private static final long EXAMPLE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How long it is remembered that a point was sampled strictly. */
    private static final long SAMPLING_NANOS = TimeUnit.MINUTES.toNanos(2);

    private final Producer<byte[], byte[]> producer;
    private final Tally tally;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private final Map<String, Long> exampleAt = new HashMap<>();
    private final Map<String, Sampled> sampled = new HashMap<>();
    private List<Closed> spans = new ArrayList<>();

    private record Sampled(int every, long atNanos) {}

    Output(Producer<byte[], byte[]> producer, Tally tally) {
        this.producer = producer;
        this.tally = tally;
    }

    /** How strictly a point was sampled when a hit came. */
    void sampled(String probe, PointHit hit, long nowNanos) {
        String place = probe + "/" + hit.point();
        Sampled known = sampled.get(place);
        if (known == null || hit.every() >= known.every() || nowNanos - known.atNanos() > SAMPLING_NANOS) {
            sampled.put(place, new Sampled(hit.every(), nowNanos));
        }
    }

    @Override
    public int strictest(String probe, String point) {
        Sampled known = sampled.get(probe + "/" + point);
        return known == null ? 1 : known.every();
    }

    @Override
    public void closed(Closed pair) {
        if (pair.isNew()) {
            tally.closed(pair);
        }
        spans.add(pair);
        if (spans.size() >= MAX_SPANS) {
            sendSpans();
        }
    }

    @Override
    public void unclosed(Probe probe, Trail.Lost lost, Resource resource) {
        String missed = String.join(" or ", lost.missed());
        tally.unclosed(probe, lost.hit().point(), missed, lost.hit().every());
        long now = System.nanoTime();
        Long last = exampleAt.get(probe.id());
        if (last == null || now - last > EXAMPLE_NANOS) {
            exampleAt.put(probe.id(), now);
            example(probe, lost.hit(), missed, resource);
        }
    }

    private void example(Probe probe, PointHit hit, String missed, Resource resource) {
        String of = hit.traceId().isEmpty() ? hit.key() : "trace " + hit.traceId();
        LogRecord.Builder record = LogRecord.newBuilder()
                .setTimeUnixNano(hit.epochNanos())
                .setObservedTimeUnixNano(System.currentTimeMillis() * 1_000_000L)
                .setSeverityNumber(SeverityNumber.SEVERITY_NUMBER_WARN)
                .setSeverityText("WARN")
                .setEventName("plumbline.unclosed")
                .setBody(AnyValue.newBuilder()
                        .setStringValue(hit.point() + " without " + missed + " after "
                                + Durations.format(probe.span().orElseThrow().within()) + " (" + of + ")"))
                .addAttributes(Otlp.attribute(SignalAttributes.PROBE_ID, probe.id()))
                .addAttributes(Otlp.attribute(SignalAttributes.PROBE_VERSION, probe.version()))
                .addAttributes(Otlp.attribute(SignalAttributes.RECORD_UID, hit.uid() + "-unclosed"))
                .addAttributes(Otlp.attribute(SignalAttributes.DOCUMENT_ID, hit.uid() + "-unclosed"));
        if (!probe.to().isAll()) {
            record.addAttributes(Otlp.attribute(SignalAttributes.TO, probe.to().text()));
        }
        if (!hit.traceId().isEmpty()) {
            record.setTraceId(
                    com.google.protobuf.ByteString.copyFrom(HexFormat.of().parseHex(hit.traceId())));
        }
        var logs = ResourceLogs.newBuilder()
                .addScopeLogs(ScopeLogs.newBuilder().setScope(SpanForm.SCOPE).addLogRecords(record));
        if (resource != null) {
            logs.setResource(Otlp.resource(resource));
        }
        send(Topics.LOGS, LogsData.newBuilder().addResourceLogs(logs).build().toByteArray());
    }

    @Override
    public void orphan(Probe probe, PointHit hit) {
        tally.lost("not-led-to", probe, 1);
    }

    @Override
    public void evicted(Probe probe, int hits) {
        tally.lost("too-many-wait", probe, hits);
    }

    @Override
    public void duplicate(Probe probe) {
        tally.lost("came-again", probe, 1);
    }

    /** A hit of a probe that nobody knows. */
    void unknown(String probe) {
        tally.lost("unknown-probe", probe, 1);
    }

    /** A record that can't be read. */
    void malformed() {
        tally.malformed();
    }

    /** Spans leave at once, though not each for itself. */
    void sendSpans() {
        if (!spans.isEmpty()) {
            send(Topics.SPANS, SpanForm.of(spans));
            spans = new ArrayList<>();
        }
    }

    /**
     * All that was told is with Kafka when it returns.
     *
     * @throws KafkaException when it is not
     */
    void flush() {
        sendSpans();
        byte[] metrics = tally.take();
        if (metrics != null) {
            send(new ProducerRecord<>(Topics.METRICS, tally.instance().getBytes(UTF_8), metrics));
        }
        producer.flush();
        Exception failed = failure.getAndSet(null);
        if (failed != null) {
            throw new KafkaException("what was paired could not be sent", failed);
        }
    }

    private void send(String topic, byte[] value) {
        send(new ProducerRecord<>(topic, value));
    }

    private void send(ProducerRecord<byte[], byte[]> written) {
        producer.send(written, (metadata, e) -> {
            if (e != null) {
                failure.compareAndSet(null, e);
            }
        });
    }
}
