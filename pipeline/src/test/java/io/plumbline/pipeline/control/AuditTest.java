package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.audit.AuditEntry;
import io.plumbline.pipeline.control.audit.AuditEntry.Outcome;
import io.plumbline.pipeline.control.audit.DenialLimit;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The audit over a real broker and real HTTP. */
class AuditTest {
    @TempDir
    private Path folder;

    private Map<String, Object> kafka;
    private EmbeddedBroker broker;
    private ControlPlane control;
    private Asking admin;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        kafka = Map.of("bootstrap.servers", broker.address());
        PipelineTopics.ensure(kafka);
        control = ControlPlane.start(folder, 0, kafka, List::of);
        admin = new Asking(control.address());
    }

    @AfterEach
    void stop() {
        control.close();
        broker.close();
    }

    private List<String> entries(String since) {
        Asking.Answer answer = admin.get("/audit?since=" + since);
        assertThat(answer.type()).isEqualTo("application/x-ndjson");
        return answer.body().lines().toList();
    }

    @Test
    void changes_areThereWhenTheyAreAnswered_inTheirOrder_alsoAfterARestart() {
        admin.post("/probes", "{id: a, at: 'X:1', log: x, on: {service: shop}}");
        admin.post("/probes", "{id: a, at: 'X:1', log: x, on: {service: shop}}");
        admin.post("/probes?dryRun=true", "{id: b, at: 'X:1', log: x}");
        admin.post("/switch", "{\"off\": true}");
        admin.post("/switch", "{\"off\": false, \"probe\": \"a\"}");
        admin.delete("/probes/a");
        control.close();
        control = ControlPlane.start(folder, 0, kafka, List::of);
        admin = new Asking(control.address());

        List<String> entries = entries("1h");

        assertThat(entries).hasSize(4);
        assertThat(entries.get(0))
                .contains("\"who\":\"start\",\"role\":\"admin\",\"from\":\"127.0.0.1\",\"action\":\"probe.set\"")
                .contains("\"probe\":\"a\",\"version\":\"1\",\"at\":\"X:1\",\"targets\":\"{service=shop}\"")
                .contains("\"outcome\":\"done\",\"reason\":\"\",\"signed\":true");
        assertThat(entries.get(1)).contains("switch.off", "\"what\":\"everything\"");
        assertThat(entries.get(2)).contains("switch.on", "\"what\":\"a\"");
        assertThat(entries.get(3)).contains("probe.remove");
    }

    @Test
    void mistakes_areNoDenials() {
        admin.post("/probes", "nonsense");
        admin.delete("/probes/none");

        assertThat(entries("1h")).isEmpty();
    }

    @Test
    void flood_fillsNothing_andIsCounted() {
        Asking nobody = new Asking(control.address(), "guess");
        for (int i = 0; i < 3 * DenialLimit.EACH_MINUTE; i++) {
            assertThat(nobody.get("/probes").status()).isEqualTo(401);
        }

        Eventually.get(() -> entries("1h"), lines -> lines.size() > DenialLimit.EACH_MINUTE);
        List<String> lines = entries("1h");
        assertThat(lines.stream().filter(line -> line.contains("no such token")).count())
                .isLessThanOrEqualTo(2 * DenialLimit.EACH_MINUTE);
        assertThat(lines).anyMatch(line -> line.contains("more tries were refused in the minute from"));
    }

    @Test
    void entriesOfOthers_areToldApart() throws Exception {
        String mine = new AuditEntry(Instant.now(), "x", "admin", "", "a", Map.of(), Outcome.DONE, "").json();
        try (KafkaProducer<String, String> attacker =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            attacker.send(new ProducerRecord<>(Topics.AUDIT, "k", mine)).get(20, TimeUnit.SECONDS);
            attacker.send(new ProducerRecord<>(Topics.AUDIT, "k", "no\n\u001b[2Jjson"))
                    .get(20, TimeUnit.SECONDS);
        }

        List<String> entries = entries("1h");

        assertThat(entries.get(0)).contains("\"who\":\"x\"").endsWith("\"signed\":false}");
        assertThat(entries.get(1)).isEqualTo("{\"unreadable\":\"no??[2Jjson\",\"signed\":false}");
    }

    @Test
    void since_isADuration() {
        assertThat(admin.get("/audit?since=soon").detail()).contains("since: a duration reads like");
        assertThat(admin.get("/audit").status()).isEqualTo(200);
    }

    @Test
    void texts_areCleanedAndCut() {
        AuditEntry entry = new AuditEntry(
                Instant.EPOCH,
                "a\nb",
                "",
                "",
                "GET /\u202e\u0000",
                Map.of("k\r", "v\u2028"),
                Outcome.REFUSED,
                "x".repeat(600));

        assertThat(entry.who()).isEqualTo("a?b");
        assertThat(entry.action()).isEqualTo("GET /??");
        assertThat(entry.what()).containsExactly(Map.entry("k?", "v?"));
        assertThat(entry.reason()).hasSize(503).endsWith("...");
        assertThat(AuditEntry.parse(entry.json()).who()).isEqualTo("a?b");
    }
}
