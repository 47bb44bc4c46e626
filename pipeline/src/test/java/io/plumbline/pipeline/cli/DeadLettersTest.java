package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.plumbline.config.wire.DeadLetter;
import io.plumbline.config.wire.ExportingProcess;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.Outcome.Rejection;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.ControlPlane;
import io.plumbline.pipeline.stream.ExporterHost;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.support.RecordingExporter;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the backend's refusal to its second chance, over a real broker. Each test has a probe or an exporter of its own. */
final class DeadLettersTest {
    @TempDir
    static Path data;

    private static final ExportingProcess HERE = new ExportingProcess("p", "here", 1, Instant.EPOCH);

    /** Refuses what begins with "bad" for as long as that is so. */
    private static volatile boolean picky = true;

    private static final RecordingExporter REFUSING = new RecordingExporter();
    private static final RecordingExporter OTHER = new RecordingExporter();

    private static EmbeddedBroker broker;
    private static ExporterHost host;
    private static ControlPlane control;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(data, 0);
        PipelineTopics.ensure(kafka());
        producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
        for (int i = 0; i < 1_000; i++) {
            REFUSING.answeringBy(DeadLettersTest::answer);
        }
        host = ExporterHost.start(
                kafka(),
                List.of(
                        new Hosted(RecordingExporter.factory("refusing", 100, REFUSING), REFUSING),
                        new Hosted(RecordingExporter.factory("other", 100, OTHER), OTHER)),
                PipelineTopics.DEAD_LETTERS,
                new SimpleMeterRegistry());
        control = ControlPlane.start(
                data,
                0,
                kafka(),
                () -> host.health().stream().map(each -> each.report(HERE, 0)).toList());
    }

    @AfterAll
    static void stop() {
        control.close();
        host.close();
        producer.close();
        broker.close();
    }

    @Test
    void rejectedSignal_isListed_shown_andReplayedToItsExporterOnly() throws Exception {
        send(Topics.LOGS, Otlp.logs("shop", "life", "good-life", "bad-life\n\u001b[31m"));
        Run list = Eventually.get(
                () -> plumb("list", "--probe", "life"), run -> run.out().contains("refusing"));
        assertThat(list.err()).isEmpty();
        assertThat(list.out())
                .containsPattern(
                        "0-\\d+ +\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d +refusing +rejected +life +no \\\\u001b mapping")
                .contains("1 dead letter: refusing rejected 1");
        String id = firstId(list);

        Run show = plumb("show", id);
        assertThat(show.out())
                .contains("letter     " + id, "by refusing, attempt 1", "cause      rejected")
                .containsPattern("from       otlp_logs, partition \\d, offset \\d+, signal 1")
                .contains("log        INFO bad-life\\n\\u001b[31m", "attribute  code.line.number=42")
                .contains("resource   service.name=shop", "deadletters replay " + id)
                .doesNotContain("good-life");

        picky = false;
        long delivered = delivered("refusing");
        Run replay = plumb("replay", id);
        assertThat(replay.code()).as(replay.err()).isZero();
        assertThat(replay.out()).contains("Sent 1 signal again: refusing 1");
        Eventually.get(() -> delivered("refusing"), now -> now == delivered + 1);
        picky = true;
        send(Topics.LOGS, Otlp.logs("shop", "life", "good-after"));
        Eventually.isTrue(() -> OTHER.all().contains("good-after"));
        assertThat(times(REFUSING, "bad-life")).isEqualTo(2);
        assertThat(times(REFUSING, "good-life")).isEqualTo(1);
        Eventually.get(() -> host.health().get(1).lag(), lag -> lag == 0);
        assertThat(times(OTHER, "bad-life")).isEqualTo(1);

        assertThat(plumb("list", "--probe", "life").out()).contains("1 was sent again (--replayed shows them)");
        assertThat(plumb("list", "--probe", "life", "--replayed").out()).contains(id, "(sent again)");
        assertThat(plumb("show", id).out()).contains(id + ", sent again");
    }

    @Test
    void replayedOneThatFailsAgain_isADeadLetterAgain_withItsAttempts() throws Exception {
        send(Topics.LOGS, Otlp.logs("shop", "twice", "bad-twice"));
        String id = firstId(Eventually.get(
                () -> plumb("list", "--probe", "twice"), run -> run.out().contains("refusing")));

        plumb("replay", id);

        Run list = Eventually.get(
                () -> plumb("list", "--probe", "twice"), run -> run.out().contains("(attempt 2)"));
        assertThat(list.out()).contains("1 dead letter: refusing rejected 1; besides 1 was sent again");
        Run show = plumb("show", firstId(list));
        assertThat(show.out())
                .contains("attempt 2", "log        INFO bad-twice")
                .containsPattern("from       otlp_logs, partition \\d, offset \\d+, signal 0");
        assertThat(plumb("replay", id).out()).contains("1 of them not for the first time");
    }

    @Test
    void poison_isShownInHex_andNotSentAgain() throws Exception {
        send(Topics.LOGS, "no protobuf".getBytes(UTF_8));
        Run list = Eventually.get(
                () -> plumb("list", "--cause", "malformed", "--exporter", "refusing"),
                run -> run.out().contains("not OTLP protobuf"));
        String id = firstId(list);

        assertThat(plumb("show", id).out())
                .contains("content    11 bytes: these bytes are no OTLP", "in hex     6e6f2070726f746f627566");
        Run replay = plumb("replay", id);
        assertThat(replay.code()).isEqualTo(1);
        assertThat(replay.err()).contains("dead letter " + id + " can't be sent again: its 11 bytes are no OTLP");
        Run all = plumb("replay", "--exporter", "refusing", "--cause", "malformed");
        assertThat(all.code()).isEqualTo(1);
        assertThat(all.err()).contains("can't be sent again");
        assertThat(all.out()).contains("Nothing was sent");
    }

    @Test
    void filters_andLimit_andOlderOnes() {
        letter(head("filters", "rejected", "p1", "log", 0, Instant.parse("2026-01-01T00:00:00Z")), logs("a"));
        letter(head("filters", "too-large", "p1", "log", 0, Instant.now()), logs("b"));
        letter(head("filters", "rejected", "p2", "log", 0, Instant.now()), logs("c"));

        assertThat(plumb("list", "--exporter", "filters").out())
                .contains("3 dead letters: filters rejected 2, filters too-large 1");
        assertThat(plumb("list", "--exporter", "filters", "--cause", "too-large")
                        .out())
                .contains("1 dead letter: ");
        assertThat(plumb("list", "--exporter", "filters", "--probe", "p1").out())
                .contains("2 dead letters: ");
        assertThat(plumb("list", "--exporter", "filters", "--since", "1h", "--probe", "p1")
                        .out())
                .contains("1 dead letter: filters too-large 1");
        Run newest = plumb("list", "--exporter", "filters", "--limit", "1");
        assertThat(newest.out()).contains(" p2 ", "3 dead letters: ").doesNotContain(" p1 ");
        String older = newest.out()
                .lines()
                .filter(line -> line.startsWith("Older"))
                .findFirst()
                .orElseThrow();
        assertThat(plumb("list", "--exporter", "filters", "--before", older.substring(older.lastIndexOf(' ') + 1))
                        .out())
                .contains(" p1 ", "2 dead letters: ")
                .doesNotContain(" p2 ");
    }

    @Test
    void severalAtOnce_areAskedAbout_andWaitForAnExporterThatDoesNotRun() {
        letter(head("gone", "rejected", "g", "log", 0, Instant.now()), logs("g1"));
        letter(head("gone", "defect", "g", "log", 0, Instant.now()), logs("g2"));
        letter(head("gone", "malformed", "", "log", -1, Instant.now()), new byte[] {1, 2, 3});

        Run unasked = plumb("replay", "--exporter", "gone");
        assertThat(unasked.code()).isEqualTo(1);
        assertThat(unasked.err()).contains("this would send 3 dead letters again, and there is no terminal", "--yes");

        Run sent = plumb("replay", "--exporter", "gone", "--yes");
        assertThat(sent.code()).isZero();
        assertThat(sent.err()).contains("can't be sent again: its 3 bytes are no OTLP");
        assertThat(sent.out()).contains("Sent 2 signals again: gone 2", "Not running here: gone; they wait a week");
        Run once = plumb("replay", "--exporter", "gone", "--cause", "rejected", "--yes");
        assertThat(once.out()).contains("Nothing was sent");

        RecordingExporter late = new RecordingExporter();
        try (ExporterHost next = ExporterHost.start(
                kafka(),
                List.of(new Hosted(RecordingExporter.factory("gone", 100, late), late)),
                PipelineTopics.DEAD_LETTERS,
                new SimpleMeterRegistry())) {
            Eventually.isTrue(() -> late.all().containsAll(List.of("g1", "g2")));
            assertThat(times(late, "g1")).isEqualTo(1);
            assertThat(next.health()).hasSize(1);
        }
    }

    @Test
    void letterOfAnEarlierVersion_isAWholeRecord_ofWhichTheFailedAreSent() {
        ProducerRecord<byte[], byte[]> old =
                new ProducerRecord<>(Topics.DEAD_LETTERS, null, Otlp.logs("shop", "old", "old-0", "old-1", "old-2"));
        Map.of("exporter", "refusing", "reason", "400", "topic", Topics.LOGS, "partition", "0", "offset", "5")
                .forEach((name, value) -> old.headers().add("plumbline." + name, value.getBytes(UTF_8)));
        old.headers().add("plumbline.signals", "0,2".getBytes(UTF_8));
        String id = "0-" + write(old);

        assertThat(plumb("show", id).out())
                .contains("old-0", "old-2", "signal 0, 2")
                .doesNotContain("old-1");
        int before = times(REFUSING, "old-1");
        assertThat(plumb("replay", id).out()).contains("Sent 2 signals again: refusing 2");
        Eventually.isTrue(() -> REFUSING.all().containsAll(List.of("old-0", "old-2")));
        assertThat(times(REFUSING, "old-1")).isEqualTo(before);
    }

    @Test
    void metricsAndSpans_areShown() {
        long metric = letter(
                head("shown", "rejected", "m", "metric", 0, Instant.now()), Otlp.count("shop", "m", "orders", 17));

        assertThat(plumb("show", "0-" + metric).out())
                .contains("metric     orders (count) 17", "attribute  tier=gold", "attribute  plumbline.probe.id=m");
        long span = letter(head("shown", "rejected", "s", "span", 0, Instant.now()), span());
        assertThat(plumb("show", "0-" + span).out())
                .contains("span       pay 5.0 ms", "trace      " + "01".repeat(16), "span       " + "02".repeat(8));
    }

    private static Outcome answer(List<String> batch) {
        return Outcome.of(IntStream.range(0, batch.size())
                .filter(i -> picky && batch.get(i).startsWith("bad"))
                .mapToObj(i -> Rejection.last(i, "no \u001b mapping"))
                .toList());
    }

    private static int times(RecordingExporter exporter, String start) {
        return (int)
                exporter.all().stream().filter(text -> text.startsWith(start)).count();
    }

    private static long delivered(String exporter) {
        return host.health().stream()
                .filter(health -> health.name().equals(exporter))
                .mapToLong(health -> health.delivered().get("log"))
                .sum();
    }

    private static DeadLetter head(String exporter, String cause, String probe, String kind, int index, Instant time) {
        List<Integer> indices = index < 0 ? List.of() : List.of(index);
        return new DeadLetter(exporter, cause, "why", Topics.LOGS, 0, 1, indices, time, probe, kind, 1, index >= 0);
    }

    private static byte[] logs(String body) {
        return Otlp.logs("shop", "written", body);
    }

    private static byte[] span() {
        byte[] trace = new byte[16];
        Arrays.fill(trace, (byte) 1);
        byte[] id = new byte[8];
        Arrays.fill(id, (byte) 2);
        Span span = Span.newBuilder()
                .setName("pay")
                .setTraceId(ByteString.copyFrom(trace))
                .setSpanId(ByteString.copyFrom(id))
                .setStartTimeUnixNano(1_000_000)
                .setEndTimeUnixNano(6_000_000)
                .build();
        return TracesData.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder()
                        .addScopeSpans(ScopeSpans.newBuilder().addSpans(span)))
                .build()
                .toByteArray();
    }

    private static long letter(DeadLetter head, byte[] value) {
        ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(Topics.DEAD_LETTERS, null, value);
        head.headers().forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
        return write(letter);
    }

    private static void send(String topic, byte[] value) {
        write(new ProducerRecord<>(topic, null, value));
    }

    private static long write(ProducerRecord<byte[], byte[]> kafkaRecord) {
        try {
            return producer.send(kafkaRecord).get(10, TimeUnit.SECONDS).offset();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String firstId(Run list) {
        return list.out()
                .lines()
                .filter(line -> line.matches("\\d+-\\d+ .*"))
                .findFirst()
                .orElseThrow()
                .split(" ")[0];
    }

    private static Run plumb(String... args) {
        List<String> all = new ArrayList<>(List.of("deadletters"));
        all.addAll(List.of(args));
        all.addAll(List.of("--data", data.toString()));
        return Run.plumb(all.toArray(String[]::new));
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }
}
