package io.plumbline.pipeline.control.letters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.DeadLetter;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.Asking;
import io.plumbline.pipeline.control.Asking.Answer;
import io.plumbline.pipeline.control.ControlPlane;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More dead letters than one look covers: bounded answers, and every one is reached in the end, once. */
final class DeadLetterWindowTest {
    private static final int LETTERS = LetterReader.MAX_SCANNED + 3_000;

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static ControlPlane control;
    private static Asking api;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        PipelineTopics.ensure(kafka());
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer())) {
            byte[] value = Otlp.logs("shop", "many", "one of many");
            for (int i = 0; i < LETTERS; i++) {
                String exporter = i < 10 ? "rare" : "many";
                DeadLetter head = new DeadLetter(
                        exporter,
                        "rejected",
                        "why " + i,
                        Topics.LOGS,
                        0,
                        i,
                        List.of(0),
                        Instant.now(),
                        "many",
                        "log",
                        1,
                        true);
                ProducerRecord<byte[], byte[]> letter = new ProducerRecord<>(Topics.DEAD_LETTERS, null, value);
                head.headers().forEach((name, text) -> letter.headers().add(name, text.getBytes(UTF_8)));
                producer.send(letter);
            }
        }
        control = ControlPlane.start(folder, 0, kafka(), List::of);
        api = new Asking(control.address());
    }

    @AfterAll
    static void stop() {
        control.close();
        broker.close();
    }

    @Test
    void list_coversTheNewest_andSaysWhereToGoOn() {
        Answer page = api.get("/deadletters?limit=2");

        assertThat(page.body())
                .contains("\"id\":\"0-" + (LETTERS - 1) + "\"", "\"id\":\"0-" + (LETTERS - 2) + "\"")
                .doesNotContain("\"id\":\"0-" + (LETTERS - 3) + "\"")
                .contains("\"complete\":false");
        assertThat(page.text("scanned")).isEqualTo(Integer.toString(LetterReader.MAX_SCANNED));
        assertThat(page.text("next")).isEqualTo("0-" + (LETTERS - 2));

        Answer rare = api.get("/deadletters?exporter=rare");
        assertThat(rare.body()).contains("\"letters\":[]");
        assertThat(rare.text("next")).isEqualTo("0-" + (LETTERS - LetterReader.MAX_SCANNED));
        Answer older = api.get("/deadletters?exporter=rare&before=" + rare.text("next"));
        assertThat(older.body()).contains("\"reason\":\"why 9\"", "\"letters\":10", "\"complete\":true");
        assertThat(older.text("next")).isEmpty();
    }

    @Test
    void replay_reachesAll_pageByPage_onceEach_alsoOverARestart() throws Exception {
        String body = "{\"exporter\": \"many\"}";
        long sent = 0;
        String next = "";
        do {
            Answer page = api.post(
                    "/deadletters/replay",
                    next.isEmpty() ? body : "{\"exporter\": \"many\", \"before\": \"" + next + "\"}");
            assertThat(page.status()).as(page.body()).isEqualTo(200);
            sent += Long.parseLong(page.text("sent"));
            next = page.text("next");
        } while (!next.isEmpty());
        assertThat(sent).isEqualTo(LETTERS - 10);
        assertThat(replayRecords()).isEqualTo(LETTERS - 10);

        control.close();
        control = ControlPlane.start(folder, 0, kafka(), List::of);
        api = new Asking(control.address());
        assertThat(api.post("/deadletters/replay", body).text("sent")).isEqualTo("0");
        assertThat(api.get("/deadletters/0-10").body()).contains("\"replayed\":true");
    }

    @Test
    void wrongRequests_sayWhatToDo() {
        assertThat(api.get("/deadletters?limit=0").detail()).contains("limit must be a whole number from 1 to 1000: 0");
        assertThat(api.get("/deadletters?since=soon").detail()).contains("such as 2026-01-31T14:25:00Z: soon");
        assertThat(api.get("/deadletters?before=x").status()).isEqualTo(400);
        assertThat(api.get("/deadletters/9-0").detail())
                .contains("there is no dead letter 9-0; kept are 0-0 to 0-" + (LETTERS - 1));
        assertThat(api.post("/deadletters/replay", "{}").detail()).contains("name an exporter or ids");
        assertThat(api.post("/deadletters/replay", "{\"ids\": [\"0-0\"], \"exporter\": \"x\"}")
                        .detail())
                .contains("not both");
        assertThat(api.post("/deadletters/replay", "{\"ids\": [\"0-0\", \"0-99999999\"]}")
                        .detail())
                .contains("there is no dead letter 0-99999999");
        assertThat(api.get("/deadletters/0-0").body()).contains("\"replayed\":false");
    }

    private static long replayRecords() throws Exception {
        TopicPartition replay = new TopicPartition(Topics.REPLAY, 0);
        try (Admin admin = Admin.create(kafka())) {
            return admin.listOffsets(Map.of(replay, OffsetSpec.latest()))
                    .partitionResult(replay)
                    .get()
                    .offset();
        }
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }
}
