package io.plumbline.pipeline.stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Runs exporters: hands each what is in the topics, at least once, and commits only what its backend has answered for.
 *
 * <p>The bargain: a backend that is away holds up its own exporter and no other; Kafka keeps what waits for as long as
 * the topics' retention. After a crash the signals since the last commit come again.
 *
 * <p>Threads: for each exporter one that polls and one to as many as it allows that export. All methods may come from any thread.
 */
public final class ExporterHost implements AutoCloseable {
    /** A record of the largest size that Kafka takes by default becomes a dead letter with headers. */
    private static final int MAX_LETTER_BYTES = 2 << 20;

    private static final long MIN_BUDGET = 1 << 20;
    private static final long MAX_BUDGET = 32 << 20;
    private static final int HEAP_SHARE = 24;

    private final Producer<byte[], byte[]> producer;
    private final List<Feed> feeds;

    private ExporterHost(Producer<byte[], byte[]> producer, List<Feed> feeds) {
        this.producer = producer;
        this.feeds = List.copyOf(feeds);
    }

    /**
     * An instance of an exporter that is set up.
     *
     * @param name of the instance: of its consumer group, threads, counts and dead letters
     * @param factory where it came from
     * @param routing which signals it is given
     */
    public record Hosted(String name, ExporterFactory factory, Exporter exporter, Routing routing) {
        /** The instance that is called as its exporter is, and is given everything. */
        public Hosted(ExporterFactory factory, Exporter exporter) {
            this(factory.name(), factory, exporter, Routing.everything(factory.name()));
        }
    }

    /**
     * Starts all feeds. The exporters are closed with the host.
     *
     * @param kafka client settings, with {@code bootstrap.servers}
     * @param deadLetterTopic takes what can't be delivered; must be there
     */
    public static ExporterHost start(
            Map<String, Object> kafka, List<Hosted> exporters, String deadLetterTopic, MeterRegistry meters) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "plumbline-deadletters");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, MAX_LETTER_BYTES);
        Producer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        long budgetBytes = budgetBytes(Runtime.getRuntime().maxMemory(), exporters.size());
        List<Feed> feeds = new ArrayList<>();
        for (Hosted hosted : exporters) {
            feeds.add(Feed.start(hosted, kafka, producer, deadLetterTopic, meters, budgetBytes));
        }
        return new ExporterHost(producer, feeds);
    }

    /**
     * Bytes of records that may wait for one instance, and again that may be under way: those are decoded, and then some six times as
     * large, and become requests. So all instances together stay below half of the heap; see docs/scale.md.
     */
    static long budgetBytes(long heapBytes, int instances) {
        return Math.max(MIN_BUDGET, Math.min(MAX_BUDGET, heapBytes / HEAP_SHARE / Math.max(1, instances)));
    }

    /** How each instance does, in the order of their start. */
    public List<ExporterHealth> health() {
        return feeds.stream().map(Feed::health).toList();
    }

    /** Ends all feeds side by side, each within its own time limit. Idempotent. */
    @Override
    public void close() {
        feeds.forEach(Feed::stop);
        feeds.forEach(Feed::close);
        producer.close();
    }
}
