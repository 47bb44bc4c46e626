package io.plumbline.pipeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.Outcome;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.support.RecordingExporter;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Offsets, threads and dead letters over a real broker. Each test has a group, and reads all that others wrote too. */
final class ExporterHostTest {
    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaProducer<byte[], byte[]> producer;

    private final RecordingExporter exporter = new RecordingExporter();

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        PipelineTopics.ensure(kafka());
        producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void stop() {
        producer.close();
        broker.close();
    }

    @Test
    void signals_areDeliveredOnce_alsoOverARestart(TestInfo test) throws Exception {
        send(0, Otlp.logs("shop", "once", "once-1", "once-2"));
        try (ExporterHost host = host(test, exporter, 100)) {
            Eventually.isTrue(() -> exporter.all().containsAll(List.of("once-1", "once-2")));
            Eventually.get(() -> host.health().get(0).lag(), lag -> lag == 0);
        }
        assertThat(exporter.isClosed()).isTrue();

        RecordingExporter next = new RecordingExporter();
        try (ExporterHost host = host(test, next, 100)) {
            send(0, Otlp.logs("shop", "once", "once-3"));
            Eventually.isTrue(() -> next.all().contains("once-3"));

            assertThat(next.all()).doesNotContain("once-1", "once-2");
            assertThat(host.health().get(0).deliveredByProbe().get("once")).containsEntry("log", 1L);
        }
    }

    @Test
    void offset_isNotCommitted_beforeTheBackendAnswered(TestInfo test) throws Exception {
        send(1, Otlp.logs("shop", "held", "held-1"));
        exporter.blocked();
        try (ExporterHost host = host(test, exporter, 100)) {
            Eventually.isTrue(() -> exporter.all().contains("held-1"));
            assertThat(host.health().get(0).lag()).isPositive();
        }

        RecordingExporter next = new RecordingExporter();
        try (ExporterHost host = host(test, next, 100)) {
            Eventually.isTrue(() -> next.all().contains("held-1"));
            assertThat(host.health()).hasSize(1);
        }
    }

    @Test
    void killBetweenDeliveryAndCommit_bringsAgainWhatWasNotAnsweredFor(TestInfo test) throws Exception {
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            bodies.add("killed-" + i);
            send(2, Otlp.logs("shop", "killed", "killed-" + i));
        }
        assertThat(runHaltingHost(name(test))).isEqualTo(9);

        try (ExporterHost host = host(test, exporter, 100)) {
            Eventually.isTrue(() -> exporter.all().containsAll(bodies.subList(2, 6)));
            assertThat(host.health()).hasSize(1);
        }
    }

    @Test
    void malformedRecord_becomesADeadLetter_andTheRestGoesOn(TestInfo test) throws Exception {
        send(3, "no protobuf".getBytes(UTF_8));
        send(3, Otlp.logs("shop", "after", "after-malformed"));
        try (ExporterHost host = host(test, exporter, 100)) {
            Eventually.isTrue(() -> exporter.all().contains("after-malformed"));
            assertThat(host.health().get(0).lost()).containsEntry("malformed", 1L);
        }

        ConsumerRecord<byte[], byte[]> letter = deadLetter(name(test));
        assertThat(new String(letter.value(), UTF_8)).isEqualTo("no protobuf");
        assertThat(header(letter, "topic")).isEqualTo(Topics.LOGS);
        assertThat(header(letter, "partition")).isEqualTo("3");
        assertThat(header(letter, "reason")).contains("not OTLP protobuf");
    }

    @Test
    void deadBackend_delaysOnlyItself_andCloseDoesNotWaitForIt(TestInfo test) throws Exception {
        RecordingExporter dead = new RecordingExporter();
        for (int i = 0; i < 100; i++) {
            dead.answering(Outcome.retry("connection refused"));
        }
        send(0, Otlp.logs("shop", "alive", "alive-1"));
        long startNanos;
        try (ExporterHost host = ExporterHost.start(
                kafka(),
                List.of(hosted(name(test) + "-dead", dead, 10), hosted(name(test), exporter, 10)),
                PipelineTopics.DEAD_LETTERS,
                new SimpleMeterRegistry())) {
            Eventually.isTrue(() -> exporter.all().contains("alive-1"));
            Eventually.get(() -> host.health().get(0).state(), ExporterHealth.State.RETRYING::equals);
            assertThat(host.health().get(0).lastError()).isEqualTo("connection refused");
            startNanos = System.nanoTime();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isLessThan(Duration.ofSeconds(4));
    }

    @Test
    void batches_keepToTheLimit(TestInfo test) throws Exception {
        send(1, Otlp.logs("shop", "cut", "cut-1", "cut-2", "cut-3", "cut-4", "cut-5"));
        try (ExporterHost host = host(test, exporter, 2)) {
            Eventually.isTrue(() -> exporter.all().contains("cut-5"));
            assertThat(exporter.batches()).allMatch(batch -> batch.size() <= 2);
            assertThat(host.health()).hasSize(1);
        }
    }

    @Test
    void secondHostOfAGroup_takesOver_whatOneWithADeadBackendHolds(TestInfo test) throws Exception {
        for (int i = 0; i < 100; i++) {
            exporter.answering(Outcome.retry("503"));
        }
        RecordingExporter next = new RecordingExporter();
        for (int partition = 0; partition < 4; partition++) {
            send(partition, Otlp.logs("shop", "shared", "shared-" + partition));
        }
        try (ExporterHost first = host(test, exporter, 100)) {
            Eventually.isTrue(() -> !exporter.all().isEmpty());
            ExporterHost second = host(test, next, 100);
            Eventually.isTrue(() -> !next.all().isEmpty());
            first.close();

            Eventually.isTrue(() -> next.all().containsAll(List.of("shared-0", "shared-1", "shared-2", "shared-3")));
            second.close();
        }
    }

    private static int runHaltingHost(String group) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        HaltingHost.class.getName(),
                        broker.address(),
                        group)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private static ConsumerRecord<byte[], byte[]> deadLetter(String exporter) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition letters = new TopicPartition(PipelineTopics.DEAD_LETTERS, 0);
            consumer.assign(List.of(letters));
            consumer.seekToBeginning(List.of(letters));
            List<ConsumerRecord<byte[], byte[]>> found = new ArrayList<>();
            Eventually.isTrue(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(found::add);
                found.removeIf(letter -> !header(letter, "exporter").equals(exporter));
                return !found.isEmpty();
            });
            return found.get(0);
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(letter.headers().lastHeader("plumbline." + name).value(), UTF_8);
    }

    private static void send(int partition, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(Topics.LOGS, partition, null, value)).get(10, TimeUnit.SECONDS);
    }

    private static ExporterHost host(TestInfo test, RecordingExporter exporter, int maxSignals) {
        return ExporterHost.start(
                kafka(),
                List.of(hosted(name(test), exporter, maxSignals)),
                PipelineTopics.DEAD_LETTERS,
                new SimpleMeterRegistry());
    }

    private static Hosted hosted(String name, RecordingExporter exporter, int maxSignals) {
        return new Hosted(RecordingExporter.factory(name, maxSignals, exporter), exporter);
    }

    private static String name(TestInfo test) {
        return test.getTestMethod().orElseThrow().getName();
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }
}
