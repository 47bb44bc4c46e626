package io.plumbline.agent.send;

import io.plumbline.agent.send.Outbox.Parcel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
 * <p>Should the client's own thread end, which it does when the program has used up the heap, another client takes over and
 * what was not answered is sent again.
 *
 * <p>Used by the send thread; results come in on the Kafka client's thread.
 */
final class KafkaSender implements AutoCloseable {
    private static final Duration MAX_BLOCK = Duration.ofMillis(300);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(2);
    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(800);
    private static final int BUFFER_BYTES = 4 << 20;

    /** Threads that may start while others are listed. */
    private static final int SPARE = 16;

    private final Map<String, Object> config;
    private final Outbox outbox;
    private final Consumer<String> log;

    /** Set by the send thread. */
    private KafkaProducer<byte[], byte[]> producer;

    /** The producer's own thread. Set by the send thread. */
    private Thread network;

    /** Given to the producer and not answered yet. */
    private final Set<Parcel> underWay = ConcurrentHashMap.newKeySet();

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
        if (producer != null && hasDied()) {
            startAgain();
        }
        if (producer == null) {
            try {
                producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
                network = networkThread();
            } catch (KafkaException e) {
                fail(e);
            }
        }
        return producer != null;
    }

    /** An error in the client's own thread ends it for good, as when the program has used up the heap; then nothing is answered. */
    private boolean hasDied() {
        return network != null && !network.isAlive();
    }

    private void startAgain() {
        KafkaProducer<byte[], byte[]> dead = producer;
        producer = null;
        for (Parcel parcel : List.copyOf(underWay)) {
            if (underWay.remove(parcel)) {
                outbox.failed(parcel);
            }
        }
        log.accept("the Kafka client's thread has ended; starting another");
        try {
            dead.close(Duration.ZERO);
        } catch (Exception e) {
            // it can't even be closed; what it holds goes with it
        }
    }

    /** Null when it is not to be found. */
    private Thread networkThread() {
        String name = "kafka-producer-network-thread | " + config.get(ProducerConfig.CLIENT_ID_CONFIG);
        ThreadGroup group = Thread.currentThread().getThreadGroup();
        Thread[] threads = new Thread[group.activeCount() + SPARE];
        int count = group.enumerate(threads, false);
        return Arrays.stream(threads, 0, count)
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private void send(Parcel parcel) {
        underWay.add(parcel);
        byte[] key = parcel.key() == null ? null : parcel.key().getBytes(StandardCharsets.UTF_8);
        try {
            Future<?> unused =
                    producer.send(new ProducerRecord<>(parcel.topic(), key, parcel.value()), (metadata, failure) -> {
                        if (!underWay.remove(parcel)) {
                            return;
                        }
                        if (failure == null) {
                            failuresInRow.set(0);
                            everDelivered = true;
                            outbox.delivered(parcel);
                        } else {
                            failed(parcel, failure);
                        }
                    });
        } catch (KafkaException e) {
            if (underWay.remove(parcel)) {
                failed(parcel, e);
            }
        } catch (OutOfMemoryError e) {
            if (underWay.remove(parcel)) {
                outbox.failed(parcel);
            }
            throw e;
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
        if (producer == null || !isReachable()) {
            return;
        }
        try {
            producer.close(CLOSE_TIMEOUT);
        } catch (Exception e) {
            // the program ends, and its output is no place for what the client could not tidy up
        }
    }
}
