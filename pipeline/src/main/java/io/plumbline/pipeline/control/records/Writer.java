package io.plumbline.pipeline.control.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.signing.Seal;
import io.plumbline.pipeline.control.http.Problem;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Writes to the control topics, signs what others act on, and waits for Kafka's word that the records are safe.
 *
 * <p>Threads: any.
 */
public final class Writer implements AutoCloseable {
    /** Some hundreds of definitions: what is set together is read together, by every instance. */
    private static final int BATCH_BYTES = 256 << 10;

    private final Producer<String, String> producer;
    private final Sealer sealer;

    public Writer(Map<String, Object> kafka, Sealer sealer) {
        this.sealer = sealer;
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "plumbline-control");
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, KafkaPatience.REQUEST_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, KafkaPatience.TRY_MILLIS);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, KafkaPatience.REQUEST_MILLIS);
        producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    /**
     * Writes records in order.
     *
     * @param values by key, in order; a null is a tombstone
     * @return where the last one stands
     */
    public RecordMetadata write(String topic, Map<String, String> values) {
        RecordMetadata last = null;
        for (RecordMetadata each : writeEach(topic, values).values()) {
            last = each;
        }
        return last;
    }

    /**
     * Writes records in order.
     *
     * @param values by key, in order; a null is a tombstone
     * @return where each stands, in the same order
     */
    public Map<String, RecordMetadata> writeEach(String topic, Map<String, String> values) {
        Map<String, Future<RecordMetadata>> sent = new LinkedHashMap<>();
        try {
            synchronized (this) { // the order of sequences is the order of records
                values.forEach((key, value) -> sent.put(key, producer.send(signed(topic, key, value))));
            }
            Map<String, RecordMetadata> written = new LinkedHashMap<>();
            for (Map.Entry<String, Future<RecordMetadata>> each : sent.entrySet()) {
                written.put(each.getKey(), each.getValue().get(KafkaPatience.REQUEST_MILLIS, TimeUnit.MILLISECONDS));
            }
            return written;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
            throw Problem.unavailable(
                    "Kafka did not take it (" + cause.getMessage() + "); check that the broker runs, then try again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Problem.unavailable("the control plane is closing; try again when it is back");
        }
    }

    /** Writes a new record and does not wait for it. */
    public void later(String topic, String key, String value) {
        synchronized (this) {
            producer.send(signed(topic, key, value));
        }
    }

    /** Writes a record as it was written before, and does not wait for it. */
    public void again(String topic, String key, String value, Seal seal) {
        producer.send(with(seal, new ProducerRecord<>(topic, key, value)));
    }

    private ProducerRecord<String, String> signed(String topic, String key, String value) {
        ProducerRecord<String, String> plain = new ProducerRecord<>(topic, key, value);
        return sealer.seal(topic, key, value).map(seal -> with(seal, plain)).orElse(plain);
    }

    private static ProducerRecord<String, String> with(Seal seal, ProducerRecord<String, String> plain) {
        seal.headers().forEach((name, text) -> plain.headers().add(name, text.getBytes(UTF_8)));
        return plain;
    }

    @Override
    public void close() {
        producer.close();
    }
}
