package io.plumbline.pipeline.control.letters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.wire.DeadLetter;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter without its content.
 *
 * @param bytes of the content
 */
record Letter(LetterId id, DeadLetter head, int bytes) {

    static Letter of(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        Map<String, String> headers = new HashMap<>();
        kafkaRecord.headers().forEach(header -> {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), UTF_8));
            }
        });
        return new Letter(
                new LetterId(kafkaRecord.partition(), kafkaRecord.offset()),
                DeadLetter.of(headers, Instant.ofEpochMilli(kafkaRecord.timestamp())),
                kafkaRecord.value() == null ? 0 : kafkaRecord.value().length);
    }

    /** As plain values, for JSON. */
    Map<String, Object> map(boolean replayed) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id.toString());
        map.put("time", head.time().toEpochMilli());
        map.put("exporter", head.exporter());
        map.put("cause", head.cause());
        map.put("reason", head.reason());
        map.put("probe", head.probe());
        map.put("kind", head.kind());
        map.put("topic", head.topic());
        map.put("partition", head.partition());
        map.put("offset", head.offset());
        map.put("indices", head.indices());
        map.put("attempts", head.attempts());
        map.put("bytes", bytes);
        map.put("readable", !head.isPoison());
        map.put("replayed", replayed);
        return map;
    }
}
