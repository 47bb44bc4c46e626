package io.plumbline.benchmarks.fleet;

import io.plumbline.config.wire.Topics;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Counts, beside whatever else is going on, the reports of instances that a probe is in place; of many probes at once, known by how
 * their ids begin.
 *
 * <p>Threads: one of its own, {@code fleet-acknowledgements}; numbers from any.
 */
final class Acknowledgements implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(20);
    private static final long LOOK_MILLIS = 5;

    private final KafkaConsumer<String, String> consumer;
    private final String part;
    private final Set<String> there = new HashSet<>();
    private final Thread thread = new Thread(this::run, "fleet-acknowledgements");

    /** Set by the thread, read by any. */
    private volatile int count;

    private volatile long lastNanos;

    /** Set by close, read by the thread. */
    private volatile boolean closed;

    /**
     * @param ids how the ids of the probes begin
     */
    Acknowledgements(String brokers, String ids) {
        part = "/" + ids;
        consumer = new KafkaConsumer<>(
                Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers),
                new StringDeserializer(),
                new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.STATUS).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        thread.start();
    }

    private void run() {
        try (consumer) {
            while (!closed) {
                for (ConsumerRecord<String, String> each : consumer.poll(POLL)) {
                    if (each.key().contains(part)) {
                        take(each.key(), each.value());
                    }
                }
                count = there.size();
            }
        }
    }

    private void take(String key, String report) {
        if (report == null) {
            there.remove(key);
        } else if (report.contains("\"state\":\"installed\"") && there.add(key)) {
            lastNanos = System.nanoTime();
        }
    }

    /** On how many instances probes are in place, over all probes. */
    int count() {
        return count;
    }

    /** When the last of them was reported, as {@link System#nanoTime}. */
    long lastNanos() {
        return lastNanos;
    }

    /** Waits until there are so many. */
    void await(int wanted, Duration within) throws InterruptedException {
        long deadline = System.nanoTime() + within.toNanos();
        while (count != wanted) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "there are " + count + " reports instead of " + wanted + " after " + within);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        thread.join();
    }
}
