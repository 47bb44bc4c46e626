package io.plumbline.pipeline.control.records;

import io.plumbline.pipeline.control.http.Problem;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread {@code control-NAME}: reads control topics without a consumer group, compacted ones from their
 * beginning, the others from now on, and hands each record to its topic's handler.
 *
 * <p>Threads: handlers run on the reader's thread; waiting for it may come from any.
 */
public final class ControlReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlReader.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration KAFKA = KafkaPatience.REQUEST;
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Consumer<String, String> consumer;
    private final Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers;
    private final Thread thread;
    private final Object lock = new Object();
    /** The next offset to be read. Guarded by the lock. */
    private final Map<TopicPartition, Long> positions = new HashMap<>();
    /** Filled while the control plane starts, read by the thread. */
    private final List<Runnable> afterwards = new CopyOnWriteArrayList<>();
    /** Set by close, read by the thread. */
    private volatile boolean stopping;

    private ControlReader(
            String name,
            Consumer<String, String> consumer,
            Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers) {
        this.thread = new Thread(this::run, "control-" + name);
        this.consumer = consumer;
        this.handlers = handlers;
    }

    /**
     * Starts reading and returns when everything that is there has been read.
     *
     * @param name of the thread
     * @param fromBeginning handlers of the topics to be read whole
     * @param fromNow handlers of the others
     */
    public static ControlReader start(
            String name,
            Map<String, Object> kafka,
            Map<String, BiConsumer<String, ConsumerRecord<String, String>>> fromBeginning,
            Map<String, BiConsumer<String, ConsumerRecord<String, String>>> fromNow) {
        Map<String, BiConsumer<String, ConsumerRecord<String, String>>> all = new HashMap<>(fromBeginning);
        all.putAll(fromNow);
        Consumer<String, String> consumer = consumer(kafka, "plumbline-control-" + name);
        ControlReader reader = new ControlReader(name, consumer, all);
        try {
            Map<TopicPartition, Long> ends = reader.assign(fromBeginning.keySet());
            reader.thread.setDaemon(true);
            reader.thread.start();
            ends.forEach(reader::awaitPosition);
            return reader;
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    /** A consumer without a group. */
    public static Consumer<String, String> consumer(Map<String, Object> kafka, String clientId) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, clientId);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
    }

    /** What to do each time that some records were handled, on the reader's thread. */
    public void afterwards(Runnable next) {
        afterwards.add(next);
    }

    /** Waits until a record that was written has been handled, so that who writes also reads it. */
    public void awaitHandled(TopicPartition partition, long offset) {
        awaitPosition(partition, offset + 1);
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.getState() == Thread.State.NEW) {
            consumer.close();
        }
    }

    private Map<TopicPartition, Long> assign(Set<String> fromBeginning) {
        List<TopicPartition> all = partitions(consumer, handlers.keySet());
        consumer.assign(all);
        List<TopicPartition> whole = all.stream()
                .filter(partition -> fromBeginning.contains(partition.topic()))
                .toList();
        Map<TopicPartition, Long> ends = consumer.endOffsets(all, KAFKA);
        consumer.seekToBeginning(whole);
        for (TopicPartition partition : all) {
            if (!whole.contains(partition)) {
                consumer.seek(partition, ends.get(partition));
            }
        }
        return ends;
    }

    public static List<TopicPartition> partitions(Consumer<?, ?> consumer, Iterable<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            for (PartitionInfo partition : consumer.partitionsFor(topic, KAFKA)) {
                partitions.add(new TopicPartition(topic, partition.partition()));
            }
        }
        return partitions;
    }

    private void run() {
        try (consumer) {
            while (!stopping) {
                turn();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() throws InterruptedException {
        try {
            for (ConsumerRecord<String, String> each : consumer.poll(POLL)) {
                handle(each);
            }
            afterwards.forEach(Runnable::run);
            synchronized (lock) {
                // positions, not offsets of records: compaction leaves gaps, also at the end
                consumer.assignment().forEach(partition -> positions.put(partition, consumer.position(partition)));
                lock.notifyAll();
            }
        } catch (KafkaException e) {
            LOG.warn("can't read the control topics, trying on: {}", e.toString());
            Thread.sleep(PAUSE.toMillis());
        }
    }

    private void handle(ConsumerRecord<String, String> each) {
        if (each.key() == null) {
            return;
        }
        try {
            handlers.get(each.topic()).accept(each.key(), each);
        } catch (RuntimeException e) {
            LOG.error("a defect of the control plane on record {}", each, e);
        }
    }

    /** Waits as long as it goes forward: a large fleet's topics take their time. */
    private void awaitPosition(TopicPartition partition, long position) {
        synchronized (lock) {
            try {
                long at = positions.getOrDefault(partition, 0L);
                long deadlineNanos = System.nanoTime() + KAFKA.toNanos();
                while (at < position) {
                    long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
                    if (leftMillis <= 0) {
                        throw Problem.unavailable("Kafka did not hand out more of " + partition + " than up to "
                                + at + " of " + position + " within " + KAFKA.toSeconds()
                                + " s; check that the broker is well");
                    }
                    lock.wait(leftMillis);
                    long now = positions.getOrDefault(partition, 0L);
                    if (now > at) {
                        at = now;
                        deadlineNanos = System.nanoTime() + KAFKA.toNanos();
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Problem.unavailable("the control plane is closing; try again when it is back");
            }
        }
    }
}
