package io.plumbline.pipeline.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One instance of an exporter with all that feeds it: consumer group, poll thread, worker thread.
 *
 * <p>Threads: {@link #close} and {@link #health} may come from any thread.
 */
final class Feed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Feed.class);
    private static final Duration CLOSE = Duration.ofSeconds(15);

    /** Between two heartbeats lost and a group that moves on; Kafka's own default keeps it waiting for 45 s. */
    private static final int SESSION_MILLIS = 10_000;

    private static final int MAX_FETCH_BYTES = 8 << 20;
    private static final int MAX_RECORDS = 500;

    private final Exporter exporter;
    private final DeliveryCounts counts;
    private final Worker worker;
    private final Poller poller;
    private final Thread pollThread;

    private Feed(Exporter exporter, DeliveryCounts counts, Worker worker, Poller poller, String name) {
        this.exporter = exporter;
        this.counts = counts;
        this.worker = worker;
        this.poller = poller;
        this.pollThread = new Thread(poller, "exporter-" + name + "-poll");
        this.pollThread.setDaemon(true);
    }

    /** Starts both threads. The exporter is closed with the feed. */
    static Feed start(
            Hosted hosted,
            Map<String, Object> kafka,
            Producer<byte[], byte[]> producer,
            String deadLetterTopic,
            MeterRegistry meters) {
        String name = hosted.name();
        ExporterFactory factory = hosted.factory();
        Exporter exporter = hosted.exporter();
        DeliveryCounts counts = new DeliveryCounts(name, meters);
        DeadLetters deadLetters = new DeadLetterTopic(producer, deadLetterTopic, name);
        Delivery delivery = new Delivery(exporter, deadLetters, counts, new Backoff(Math::random), Pause.SLEEP);
        Intake intake = new Intake(name, factory.takes());
        Worker worker = new Worker(name, factory.getClass().getClassLoader());
        Poller poller = new Poller(
                consumer(name, kafka),
                intake.topics(),
                worker,
                records -> new Work(records, intake, hosted.routing(), factory.limits(), delivery, deadLetters, counts),
                counts,
                exporter);
        Feed feed = new Feed(exporter, counts, worker, poller, name);
        feed.pollThread.start();
        return feed;
    }

    ExporterHealth health() {
        return counts.health(exporter.links());
    }

    /** Tells the poller to end; {@link #close} waits for it. */
    void stop() {
        poller.stop();
    }

    /** Lets what is under way end within a few seconds, commits it, then closes the exporter. Idempotent. */
    @Override
    public void close() {
        stop();
        try {
            pollThread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (pollThread.isAlive()) {
            LOG.warn("{} did not end within {} s; what it has not committed comes again", pollThread.getName(), CLOSE);
        }
        exporter.close();
        worker.close();
    }

    private static Consumer<byte[], byte[]> consumer(String exporter, Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 4);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, MAX_FETCH_BYTES);
        settings.putAll(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, "plumbline-" + exporter);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "plumbline-" + exporter);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
