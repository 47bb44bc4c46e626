package io.plumbline.pipeline.compatibility;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.config.wire.Topics;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What an older version wrote to Kafka, byte by byte, and what that version itself said of it: {@code src/test/compatibility/record} makes one.
 *
 * @param name the folder
 * @param key the public key that it signed with
 * @param records as they stood in the topics
 */
record RecordedTopics(String name, String key, List<Entry> records) {
    static final ObjectMapper JSON = new ObjectMapper();

    /** One record; timestamps are the broker's. */
    record Entry(String topic, int partition, long at, byte[] key, byte[] value, List<Header> headers) {
        String keyText() {
            return new String(key, UTF_8);
        }

        String valueText() {
            return value == null ? null : new String(value, UTF_8);
        }
    }

    static RecordedTopics read(String name) {
        List<Entry> records = new ArrayList<>();
        try (InputStream in = open(name + "/topics.jsonl.gz");
                BufferedReader lines = new BufferedReader(new InputStreamReader(new GZIPInputStream(in), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                records.add(entry(JSON.readTree(line)));
            }
            return new RecordedTopics(name, text(name + "/key.txt").strip(), records);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    List<Entry> of(String topic) {
        return records.stream().filter(each -> each.topic().equals(topic)).toList();
    }

    /** What the version itself answered, several values where it answers so. */
    List<JsonNode> answer(String file) {
        try (InputStream in = open(name + "/api/" + file + ".json")) {
            return JSON.readerFor(JsonNode.class).<JsonNode>readValues(in).readAll();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    String metrics() {
        try {
            return text(name + "/metrics.txt");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Writes all of it, as if the last of it had been written just now: who reads goes by the broker's clock. Instances count as gone when they were not
     * heard of for a while; theirs are some minutes ahead, so that a slow machine finds them alive.
     */
    void writeTo(Map<String, Object> kafka) throws Exception {
        long last = records.stream().mapToLong(Entry::at).max().orElseThrow();
        long later = System.currentTimeMillis() - last;
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Entry each : records) {
                long ahead = each.topic().equals(Topics.INSTANCES)
                        ? Duration.ofMinutes(10).toMillis()
                        : 0;
                long at = each.at() + later + ahead;
                producer.send(new ProducerRecord<>(
                        each.topic(), each.partition(), at, each.key(), each.value(), each.headers()));
            }
            producer.flush();
        }
    }

    private static Entry entry(JsonNode line) throws IOException {
        List<Header> headers = new ArrayList<>();
        for (JsonNode header : line.get("headers")) {
            headers.add(new RecordHeader(header.get(0).asText(), bytes(header.get(1))));
        }
        return new Entry(
                line.get("topic").asText(),
                line.get("partition").asInt(),
                line.get("at").asLong(),
                bytes(line.get("key")),
                bytes(line.get("value")),
                headers);
    }

    private static byte[] bytes(JsonNode text) {
        return text.isNull() ? null : Base64.getDecoder().decode(text.asText());
    }

    private static String text(String file) throws IOException {
        try (InputStream in = open(file)) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static InputStream open(String file) {
        return RecordedTopics.class.getResourceAsStream("/compatibility/" + file);
    }
}
