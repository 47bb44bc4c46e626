package io.plumbline.agent.send;

import io.plumbline.agent.send.Outbox.Parcel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends parcels through a Kafka producer, which is made with the first one. While Kafka is away a send blocks the agent's
 * thread for {@link #MAX_BLOCK} at most, then nothing is tried for a while that grows to {@link #MAX_BACKOFF}.
 *
 * <p>Used by the send thread; results come in on the Kafka client's thread.
 */
final class KafkaSender implements AutoCloseable {
    private static final Duration MAX_BLOCK = Duration.ofMillis(300);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(800);
    private static final int BUFFER_BYTES = 4 << 20;

    private final Map<String, Object> config;
    private final Outbox outbox;
    private final Consumer<String> log;

    /** Set by the send thread. */
    private KafkaProducer<byte[], byte[]> producer;

    /** Not before this time is a send tried again. Set by both threads. */
    private volatile long retryAtNanos = System.nanoTime();

    private final AtomicInteger failuresInRow = new AtomicInteger();

    /** Whether Kafka ever took anything. */
    private volatile boolean everDelivered;

    KafkaSender(Map<String, Object> client, String clientId, Outbox outbox, Consumer<String> log) {
        this.config = config(client, clientId);
        this.outbox = outbox;
        this.log = log;
    }

    private static Map<String, Object> config(Map<String, Object> client, String clientId) {
        Map<String, Object> config = new HashMap<>(client);
        config.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 2);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 64 << 10);
        config.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK.toMillis());
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 10_000);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 30_000);
        return config;
    }

    /** Sends what there is, as far as Kafka takes it now. */
    void flush() {
        if (System.nanoTime() - retryAtNanos < 0 || outbox.isEmpty() || !connect()) {
            return;
        }
        int before = failuresInRow.get();
        Parcel parcel = outbox.next();
        while (parcel != null) {
            send(parcel);
            parcel = failuresInRow.get() > before ? null : outbox.next();
        }
    }

    private boolean connect() {
        if (producer == null) {
            try {
                producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
            } catch (KafkaException e) {
                fail(e);
            }
        }
        return producer != null;
    }

    private void send(Parcel parcel) {
        byte[] key = parcel.key() == null ? null : parcel.key().getBytes(StandardCharsets.UTF_8);
        try {
            Future<?> unused =
                    producer.send(new ProducerRecord<>(parcel.topic(), key, parcel.value()), (metadata, failure) -> {
                        if (failure == null) {
                            failuresInRow.set(0);
                            everDelivered = true;
                            outbox.delivered(parcel);
                        } else {
                            failed(parcel, failure);
                        }
                    });
        } catch (KafkaException e) {
            failed(parcel, e);
        }
    }

    private void failed(Parcel parcel, Exception failure) {
        if (failure instanceof RetriableException) {
            outbox.failed(parcel);
        } else {
            outbox.refused(parcel);
        }
        fail(failure);
    }

    private void fail(Exception failure) {
        int failures = failuresInRow.incrementAndGet();
        long backoff = Math.min(MAX_BACKOFF.toMillis(), 100L << Math.min(failures, 5));
        retryAtNanos = System.nanoTime() + Duration.ofMillis(backoff).toNanos();
        if (failures == 1) {
            log.accept("sending to Kafka failed, trying again: " + failure);
        }
    }

    /** Whether there is any hope of sending what is left when the program ends. */
    boolean isReachable() {
        return everDelivered && failuresInRow.get() == 0;
    }

    /** Sends what is left, for {@link #CLOSE_TIMEOUT} at most. */
    @Override
    public void close() {
        if (producer != null && isReachable()) {
            producer.close(CLOSE_TIMEOUT);
        }
    }
}
