package io.plumbline.pipeline.stream;

import io.plumbline.config.wire.ExporterReport;
import io.plumbline.config.wire.ExportingProcess;
import io.plumbline.config.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code exporter-reports}: tells the control plane, wherever it runs, how this process's exporters do, by
 * {@link Topics#EXPORTERS}.
 *
 * <p>The bargain: reports that Kafka does not take are dropped, for the next one says the same and more; until then the control
 * plane calls this process silent. Of the counts by probe a report has those of the busiest probes only.
 *
 * <p>Threads: {@link #reports} and {@link #close} may come from any.
 */
public final class HealthReporter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HealthReporter.class);
    private static final long LOOK_MILLIS = 1_000;
    private static final int MAX_BLOCK_MILLIS = 2_000;
    private static final int TIMEOUT_MILLIS = 10_000;
    private static final long BUFFER_BYTES = 1 << 20;
    private static final Duration CLOSE = Duration.ofSeconds(3);

    private final ExportingProcess process;
    private final Supplier<List<ExporterHealth>> health;
    private final Producer<String, String> producer;
    private final Thread thread = new Thread(this::run, "exporter-reports");
    private final CountDownLatch closing = new CountDownLatch(1);

    /** What was sent last, by instance; the thread's own. */
    private final Map<String, Sent> sent = new HashMap<>();

    /** By instance; set by the thread, read by all. */
    private final Map<String, Double> perSecond = new ConcurrentHashMap<>();

    /** Set by the producer's thread. */
    private volatile boolean isRefusalLogged;

    private record Sent(ExporterReport report, long atNanos) {}

    private HealthReporter(
            ExportingProcess process, Supplier<List<ExporterHealth>> health, Producer<String, String> producer) {
        this.process = process;
        this.health = health;
        this.producer = producer;
    }

    /**
     * Starts to report.
     *
     * @param kafka client settings, with {@code bootstrap.servers}
     * @param health asked every second, at once for the first time
     */
    public static HealthReporter start(
            Map<String, Object> kafka, ExportingProcess process, Supplier<List<ExporterHealth>> health) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "plumbline-exporter-reports");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, BUFFER_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MAX_BLOCK_MILLIS);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS / 2);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TIMEOUT_MILLIS);
        HealthReporter reporter = new HealthReporter(
                process, health, new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer()));
        reporter.thread.setDaemon(true);
        reporter.thread.start();
        return reporter;
    }

    /** How this process's exporters do now, with the counts of all probes. */
    public List<ExporterReport> reports() {
        return health.get().stream()
                .map(each -> each.report(process, perSecond.getOrDefault(each.name(), 0.0)))
                .toList();
    }

    /** Takes the reports away, within three seconds: a process that ends in order is nobody's concern. Idempotent. */
    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        producer.close(CLOSE);
    }

    private void run() {
        try {
            do {
                reports().forEach(this::reportIfDue);
            } while (!closing.await(LOOK_MILLIS, TimeUnit.MILLISECONDS));
            sent.values().forEach(each -> send(each.report().key(), null));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void reportIfDue(ExporterReport now) {
        Sent last = sent.get(now.name());
        long atNanos = System.nanoTime();
        long sinceNanos = last == null ? 0 : atNanos - last.atNanos();
        boolean isDue = last == null || sinceNanos >= ExporterReport.HEARTBEAT.toNanos();
        if (!isDue && !isNews(last.report(), now)) {
            return;
        }
        if (last != null) {
            long delivered = now.deliveredInAll() - last.report().deliveredInAll();
            perSecond.put(now.name(), delivered * 1e9 / sinceNanos);
        }
        sent.put(now.name(), new Sent(now, atNanos));
        send(
                now.key(),
                ShortReport.of(now, perSecond.getOrDefault(now.name(), 0.0)).json());
    }

    private static boolean isNews(ExporterReport last, ExporterReport now) {
        return !last.state().equals(now.state()) || last.lostInAll() != now.lostInAll();
    }

    private void send(String key, String json) {
        try {
            producer.send(new ProducerRecord<>(Topics.EXPORTERS, key, json), (metadata, e) -> {
                if (e != null) {
                    logRefusal(e);
                }
            });
        } catch (KafkaException e) {
            logRefusal(e);
        }
    }

    /** The first one aloud. */
    private void logRefusal(Exception e) {
        if (isRefusalLogged) {
            LOG.debug("Kafka did not take a report again", e);
        } else {
            isRefusalLogged = true;
            LOG.warn(
                    "Kafka did not take a report of how the exporters do ({}); the control plane calls them silent meanwhile",
                    e.toString());
        }
    }
}
