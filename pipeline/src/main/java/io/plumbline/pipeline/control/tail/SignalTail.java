package io.plumbline.pipeline.control.tail;

import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.signal.MalformedRecordException;
import io.plumbline.exporters.signal.OtlpDecoder;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.KafkaPatience;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows signals as they arrive to whoever watches. Reads the signal topics from their end, without a group, and only
 * while somebody watches.
 *
 * <p>Threads: {@code control-tail}, which exists while there are watchers; watchers come and go on any thread.
 */
public final class SignalTail implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SignalTail.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration KAFKA = KafkaPatience.REQUEST;
    private static final Duration CLOSE = Duration.ofSeconds(5);
    private static final int MAX_WATCHERS = 16;
    private static final Map<String, SignalKind> KINDS =
            Map.of(Topics.LOGS, SignalKind.LOG, Topics.METRICS, SignalKind.METRIC, Topics.SPANS, SignalKind.SPAN);

    private final Map<String, Object> kafka;
    private final Registry registry;
    private final Clock clock;
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private final Object lock = new Object();
    /** Null when nobody watches. Guarded by the lock. */
    private Thread thread;
    /** Set by close, read by the thread and by watchers' requests. */
    private volatile boolean closed;

    public SignalTail(Map<String, Object> kafka, Registry registry, Clock clock) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(ConsumerConfig.CLIENT_ID_CONFIG, "plumbline-tail");
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        this.registry = registry;
        this.clock = clock;
    }

    /** Begins to watch. When it returns, every signal that Kafka takes from now on is shown. */
    public Watcher watch(Set<String> probes, Bounds bounds) {
        synchronized (lock) {
            if (watchers.size() >= MAX_WATCHERS) {
                throw Problem.unavailable(
                        MAX_WATCHERS + " people watch already; end one of them (Ctrl-C in its plumb tail)");
            }
            Watcher watcher = new Watcher(probes, bounds, registry, clock);
            watchers.add(watcher);
            if (thread == null) {
                begin(watcher);
            }
            return watcher;
        }
    }

    public void leave(Watcher watcher) {
        watchers.remove(watcher);
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
        Thread running;
        synchronized (lock) {
            running = thread;
        }
        if (running == null) {
            return;
        }
        try {
            running.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Called under the lock. */
    private void begin(Watcher first) {
        Consumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        try {
            List<TopicPartition> partitions = ControlReader.partitions(consumer, KINDS.keySet());
            consumer.assign(partitions);
            consumer.endOffsets(partitions, KAFKA).forEach(consumer::seek);
        } catch (KafkaException e) {
            consumer.close();
            watchers.remove(first);
            throw Problem.unavailable("Kafka does not answer (" + e.getMessage() + "); check that the broker runs");
        }
        thread = new Thread(() -> run(consumer), "control-tail");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Consumer<byte[], byte[]> consumer) {
        try (consumer) {
            while (!closed && !isOver()) {
                consumer.poll(POLL).forEach(this::show);
            }
        } catch (KafkaException e) {
            LOG.warn("the tail broke off; watch again", e);
            synchronized (lock) {
                thread = null;
            }
        }
    }

    private boolean isOver() {
        synchronized (lock) {
            if (watchers.isEmpty()) {
                thread = null;
                return true;
            }
            return false;
        }
    }

    private void show(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        SignalKind kind = KINDS.get(kafkaRecord.topic());
        if (kafkaRecord.value() == null) {
            return;
        }
        try {
            OtlpDecoder.decode(kind, kafkaRecord.value())
                    .signals()
                    .forEach(signal -> watchers.forEach(watcher -> watcher.offer(signal)));
        } catch (MalformedRecordException e) {
            // The exporters count it and keep it as a dead letter.
            LOG.debug("not shown", e);
        }
    }
}
