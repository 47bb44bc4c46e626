package io.plumbline.pipeline.pairing;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.plumbline.config.wire.PointAttributes;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.config.wire.Topics;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Hits of points as an instance sends them, by bucket. */
final class Points implements AutoCloseable {
    private final Producer<byte[], byte[]> producer;
    private final String instance;
    private final String clock;
    private final Map<String, List<LogRecord>> byBucket = new LinkedHashMap<>();

    /** By how much the instance's wall clock is ahead. */
    private final long aheadNanos;

    Points(String kafka, String instance, String clock, long aheadNanos) {
        this.producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", kafka, "linger.ms", 5),
                new ByteArraySerializer(),
                new ByteArraySerializer());
        this.instance = instance;
        this.clock = clock;
        this.aheadNanos = aheadNanos;
    }

    /** A hit; the true time is in nanoseconds since the epoch. */
    Points hit(String probe, String point, String key, long trueNanos, Object... more) {
        LogRecord.Builder hit = record(PointAttributes.EVENT_POINT, trueNanos)
                .addAttributes(attribute(SignalAttributes.PROBE_ID, probe))
                .addAttributes(attribute(SignalAttributes.RECORD_UID, instance + point + key + trueNanos))
                .addAttributes(attribute(PointAttributes.POINT, point))
                .addAttributes(attribute(PointAttributes.KEY, key))
                .addAttributes(attribute(PointAttributes.MONOTONIC, trueNanos))
                .addAttributes(attribute(PointAttributes.CLOCK, clock))
                .addAttributes(attribute("thread.id", 1L))
                .addAttributes(attribute("code.function.name", "shop.Cart." + point));
        for (int i = 0; i < more.length; i += 2) {
            if (more[i].equals("trace")) {
                hit.setTraceId(ByteString.copyFrom(HexFormat.of().parseHex((String) more[i + 1])))
                        .setSpanId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, (byte) point.charAt(0)}));
            } else {
                hit.addAttributes(Otlp.attribute((String) more[i], more[i + 1]));
            }
        }
        add(key, hit.build());
        return this;
    }

    /** One side of a call. */
    Points hop(String trace, String side, String span, long trueStart, long trueEnd) {
        add(
                trace,
                record(PointAttributes.EVENT_HOP, trueEnd)
                        .addAttributes(attribute(PointAttributes.KEY, trace))
                        .addAttributes(attribute(PointAttributes.CLOCK, clock))
                        .addAttributes(attribute(PointAttributes.HOP_SIDE, side))
                        .addAttributes(attribute(PointAttributes.HOP_SPAN, span))
                        .addAttributes(attribute(PointAttributes.HOP_START, trueStart + aheadNanos))
                        .addAttributes(attribute(PointAttributes.HOP_END, trueEnd + aheadNanos))
                        .build());
        return this;
    }

    private LogRecord.Builder record(String event, long trueNanos) {
        return LogRecord.newBuilder().setEventName(event).setTimeUnixNano(trueNanos + aheadNanos);
    }

    private void add(String key, LogRecord one) {
        byBucket.computeIfAbsent(PointAttributes.bucket(key), any -> new ArrayList<>())
                .add(one);
    }

    /** Sends what there is; all of it is with Kafka when it returns. */
    void send() {
        byBucket.forEach((bucket, records) -> producer.send(new ProducerRecord<>(
                Topics.POINTS,
                bucket.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                LogsData.newBuilder()
                        .addResourceLogs(ResourceLogs.newBuilder()
                                .setResource(Resource.newBuilder()
                                        .addAttributes(attribute("service.name", "shop"))
                                        .addAttributes(attribute("service.instance.id", instance)))
                                .addScopeLogs(ScopeLogs.newBuilder().addAllLogRecords(records)))
                        .build()
                        .toByteArray())));
        byBucket.clear();
        producer.flush();
    }

    private static KeyValue attribute(String key, Object value) {
        AnyValue.Builder built = AnyValue.newBuilder();
        if (value instanceof Long number) {
            built.setIntValue(number);
        } else {
            built.setStringValue(String.valueOf(value));
        }
        return KeyValue.newBuilder().setKey(key).setValue(built).build();
    }

    @Override
    public void close() {
        producer.close();
    }
}
