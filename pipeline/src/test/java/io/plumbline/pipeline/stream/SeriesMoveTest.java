package io.plumbline.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Exporters;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hosts of one group, each with a Prometheus exporter that is scraped: every series is at one of them. */
@Timeout(120)
final class SeriesMoveTest {
    private static final Pattern SERIES = Pattern.compile("^moves_total\\{.*service=\"(s\\d)\".*}", Pattern.MULTILINE);
    private static final List<String> ALL = List.of("s0", "s1", "s2", "s3");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    private EmbeddedBroker broker;
    private KafkaProducer<byte[], byte[]> producer;
    private long count;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder, 0);
        PipelineTopics.ensure(kafka());
        producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void stop() {
        producer.close();
        broker.close();
    }

    @Test
    void partitionsMove_theirSeriesGoFromTheOldHostAtOnce_andAreWithTheNewOne() throws Exception {
        sendPoints();
        try (ExporterHost first = host()) {
            Eventually.get(() -> series(first), ALL::equals);

            List<String> stayed;
            try (ExporterHost second = host()) {
                // No point comes meanwhile, and nothing expires before five minutes.
                stayed = Eventually.get(() -> series(first), left -> left.size() < ALL.size());
                assertThat(stayed)
                        .as("what did not move stays, without a new point")
                        .isNotEmpty();

                sendPoints();
                List<String> moved = new ArrayList<>(ALL);
                moved.removeAll(stayed);
                Eventually.get(() -> series(second), moved::equals);
                assertThat(series(first)).isEqualTo(stayed);
            }
            sendPoints();
            Eventually.get(() -> series(first), ALL::equals);
        }
    }

    /** As after a pause that was too long for the group: others may have had the partitions meanwhile. */
    @Test
    void groupHasGoneOnWithoutTheHost_itsSeriesGo_andComeBackWithTheirPoints() throws Exception {
        sendPoints();
        try (ExporterHost host = host();
                Admin admin = Admin.create(kafka())) {
            Eventually.get(() -> series(host), ALL::equals);

            admin.removeMembersFromConsumerGroup("plumbline-prometheus", new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get(10, TimeUnit.SECONDS);

            Eventually.get(() -> series(host), List::isEmpty);
            sendPoints();
            Eventually.get(() -> series(host), ALL::equals);
        }
    }

    /** A point of each service, in a partition of its own. */
    private void sendPoints() throws Exception {
        count++;
        for (int partition = 0; partition < ALL.size(); partition++) {
            byte[] point = Otlp.count(ALL.get(partition), "moves", "moves", count);
            producer.send(new ProducerRecord<>(Topics.METRICS, partition, null, point))
                    .get(10, TimeUnit.SECONDS);
        }
    }

    private List<String> series(ExporterHost host) {
        URI metrics = host.health().get(0).links().get("metrics");
        try {
            String scraped = http.send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofString())
                    .body();
            return new ArrayList<>(new TreeSet<>(SERIES.matcher(scraped)
                    .results()
                    .map((MatchResult it) -> it.group(1))
                    .toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private ExporterHost host() {
        ExporterFactory factory = Exporters.installed().get("prometheus");
        ExporterSettings settings = ExporterSettings.of("prometheus", Map.of("prometheus.port", "0"));
        return ExporterHost.start(
                kafka(),
                List.of(new Hosted(factory, factory.create(settings))),
                PipelineTopics.DEAD_LETTERS,
                new SimpleMeterRegistry());
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }
}
