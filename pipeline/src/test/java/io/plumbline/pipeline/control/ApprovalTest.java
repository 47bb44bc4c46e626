package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.Asking.Answer;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.SigningKey;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Approval by rule, over real HTTP and a real broker, at two control planes beside each other. */
class ApprovalTest {
    private static final Pattern REQUEST = Pattern.compile("\"approval\":\\{\"id\":\"([^\"]+)\"");
    private static final Map<String, String> RULES = Map.of(
            "control.approval.prod", "environment=production,kind=snapshot",
            "control.approval.quick", "class=short.*",
            "control.approval-expires", "1h");

    @TempDir
    private static Path folder;

    private static Map<String, Object> kafka;
    private static EmbeddedBroker broker;
    private static ControlPlane first;
    private static ControlPlane second;
    private static Asking admin;
    private static int tokens;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        kafka = Map.of("bootstrap.servers", broker.address());
        PipelineTopics.ensure(kafka);
        first = plane("first", Map.of());
        second = plane("second", Map.of());
        admin = new Asking(first.address());
    }

    @AfterAll
    static void stop() {
        second.close();
        first.close();
        broker.close();
    }

    /** One with the same key as the others. */
    private static ControlPlane plane(String name, Map<String, String> more) {
        try {
            Path data = Files.createDirectories(folder.resolve(name));
            Map<String, String> settings = new HashMap<>(RULES);
            Path key = SigningKey.file(Files.createDirectories(folder.resolve("first")));
            if (Files.exists(key)) {
                settings.put("control.signing-key", key.toString());
            }
            settings.putAll(more);
            return ControlPlane.start(data, 0, kafka, List::of, () -> "", ControlSettings.of(settings));
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String token(String role, String more) {
        Answer made = admin.post("/tokens", "{\"name\":\"a" + ++tokens + "\",\"role\":\"" + role + "\"" + more + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        return made.text("token");
    }

    private static Asking with(String role) {
        return new Asking(first.address(), token(role, ""));
    }

    private static String snapshot(String id, String more) {
        return "{id: " + id + ", at: 'shop.Cart:1', snapshot: {}, on: {environment: production}" + more + "}";
    }

    private static String asked(Asking prober, String definition) {
        Answer answer = prober.post("/probes", definition);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).contains("\"change\":\"waiting\"");
        Matcher id = REQUEST.matcher(answer.body());
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    private static void assertRefused(Answer answer, int status, String... words) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.detail()).contains(words);
    }

    private static void assertAudited(String... parts) {
        Eventually.get(
                () -> admin.get("/audit?since=1h").body(),
                body -> body.lines()
                        .anyMatch(line ->
                                Stream.of(parts).allMatch(line::contains) && line.endsWith("\"signed\":true}")));
    }

    /** All records of a key that agents could read. */
    private static List<ConsumerRecord<String, String>> written(String topic, String key) {
        try (Consumer<String, String> consumer = ControlReader.consumer(kafka, "test")) {
            var partitions = ControlReader.partitions(consumer, List.of(topic));
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            List<ConsumerRecord<String, String>> found = new ArrayList<>();
            while (partitions.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
                consumer.poll(Duration.ofMillis(200)).forEach(each -> {
                    if (each.key().equals(key)) {
                        found.add(each);
                    }
                });
            }
            return found;
        }
    }

    @Test
    void whatARuleAsksFor_waits_andRunsOnceSomebodyElseApproves() {
        Asking prober = with("prober");
        String author = "a" + tokens;
        Asking approver = with("approver");

        String id = asked(prober, snapshot("waits", ", for: 2h"));

        assertThat(id).matches("waits@[0-9a-f]{8}");
        assertThat(written(Topics.PROBES, "waits")).isEmpty();
        assertThat(prober.get("/probes").body())
                .contains("\"awaiting\":[", "\"id\":\"" + id + "\"", "prod (environment=production,kind=snapshot)");
        assertRefused(prober.get("/probes/waits"), 404, "no probe 'waits'");
        assertThat(approver.get("/approvals").body()).contains(id, "\"author\":\"" + author + "\"");
        assertThat(prober.post("/probes", snapshot("waits", ", for: 2h")).body())
                .contains(id);

        Answer approved = approver.post("/approvals/" + id + "/approve", "");

        assertThat(approved.status()).as(approved.body()).isEqualTo(200);
        assertThat(approved.body()).contains("\"state\":\"approved\"", "\"version\":1", "\"by\":\"a" + tokens + "\"");
        assertThat(written(Topics.PROBES, "waits")).hasSize(1);
        assertThat(admin.get("/probes/waits").body()).contains("\"version\":1", "\"signed\":true");
        assertThat(approver.get("/approvals").body()).doesNotContain(id);
        assertThat(approver.get("/approvals?all=true").body()).contains(id);
        assertThat(prober.post("/probes", snapshot("waits", ", for: 2h")).body())
                .contains("\"change\":\"unchanged\"");
        assertRefused(approver.post("/approvals/" + id + "/approve", ""), 409, "is approved already, by a" + tokens);
        assertAudited("approval.ask", "\"who\":\"" + author + "\"", id, "prod (environment=production");
        assertAudited("approval.approve", "\"who\":\"a" + tokens + "\"", id, "\"author\":\"" + author + "\"");
    }

    @Test
    void life_beginsWithTheApproval() {
        String id = asked(with("prober"), snapshot("life", ", for: 30m"));
        Instant before = Instant.now();

        admin.post("/approvals/" + id + "/approve", "");

        String expires = Pattern.compile("\"expires\":(\\d+)")
                .matcher(admin.get("/probes/life").body())
                .results()
                .map(found -> found.group(1))
                .findFirst()
                .orElseThrow();
        assertThat(Instant.ofEpochMilli(Long.parseLong(expires)))
                .isBetween(
                        before.plus(Duration.ofMinutes(30)).minusMillis(1),
                        Instant.now().plus(Duration.ofMinutes(30)));
    }

    @Test
    void author_viewerAndProber_approveNothing() {
        String id = asked(admin, snapshot("own", ""));

        assertRefused(
                admin.post("/approvals/" + id + "/approve", ""),
                403,
                "the token 'start' asked for " + id + " itself; somebody else");
        assertRefused(with("viewer").post("/approvals/" + id + "/approve", ""), 403, "needs the role approver");
        assertRefused(with("prober").post("/approvals/" + id + "/approve", ""), 403, "needs the role approver");
        assertRefused(with("prober").post("/approvals/" + id + "/refuse", "{\"why\":\"x\"}"), 403, "role approver");
        assertThat(written(Topics.PROBES, "own")).isEmpty();
        assertAudited("\"outcome\":\"refused\"", "/approve", "asked for " + id + " itself");
        assertAudited("\"outcome\":\"refused\"", "\"who\":\"a" + tokens + "\"", "needs the role approver");
    }

    @Test
    void approver_isBounded() {
        Asking staging = new Asking(first.address(), token("approver", ",\"environments\":[\"staging\"]"));
        String id = asked(with("prober"), snapshot("bounded", ""));

        assertThat(staging.get("/approvals").body()).isEqualTo("{\"approvals\":[]}\n");
        assertRefused(staging.get("/approvals/" + id), 404, "no request");
        assertRefused(staging.post("/approvals/" + id + "/approve", ""), 403, "outside the bounds");
        assertRefused(staging.post("/approvals/" + id + "/refuse", "{\"why\":\"x\"}"), 403, "outside the bounds");
        Asking shop = new Asking(first.address(), token("prober", ",\"services\":[\"shop\"]"));
        assertRefused(
                shop.post("/probes", "{id: bounded, at: 'shop.Free:1', log: x, on: {service: shop}}"),
                403,
                "outside the bounds");
        assertThat(admin.get("/approvals/" + id).body()).contains("\"state\":\"waiting\"");
    }

    @Test
    void change_asksAnew_andLeavesWhatRuns() {
        Asking prober = with("prober");
        Asking approver = with("approver");
        String one = asked(prober, snapshot("change", ""));
        approver.post("/approvals/" + one + "/approve", "");

        String two = asked(prober, snapshot("change", ", if: 'a > 1'"));
        String three = asked(prober, snapshot("change", ", if: 'a > 2'"));

        assertThat(List.of(one, two, three)).doesNotHaveDuplicates();
        assertThat(admin.get("/probes/change").body())
                .contains("\"version\":1", "\"approval\":{\"id\":\"" + three + "\"");
        assertRefused(
                approver.post("/approvals/" + two + "/approve", ""), 409, "replaced by another", "waits as " + three);
        assertRefused(approver.post("/approvals/change/approve", ""), 400, "name the request whole", three);
        assertThat(approver.post("/approvals/" + three + "/approve", "").status())
                .isEqualTo(200);
        assertThat(admin.get("/probes/change").body())
                .contains("\"version\":2", "a > 2")
                .doesNotContain("a > 1");
    }

    @Test
    void ofSeveral_someWait_othersRun_andAMistakeStopsAll() {
        String both =
                "[" + snapshot("held", "") + ", {id: free, at: 'shop.Free:1', log: x, on: {environment: staging}}]";

        Answer mistaken = admin.post("/probes", both.replace("log: x", "log: '{'"));
        assertThat(mistaken.status()).isEqualTo(422);
        assertThat(admin.get("/approvals").body()).doesNotContain("\"held@");
        Answer dry = admin.post("/probes?dryRun=true", both);
        assertThat(dry.body()).contains("\"change\":\"created\"", "\"approval\":{\"id\":\"\",\"rule\":\"prod (");
        assertThat(admin.get("/approvals").body()).doesNotContain("\"held@");
        Answer taken = admin.post("/probes", both);

        assertThat(taken.body()).contains("\"change\":\"waiting\"", "\"change\":\"created\"");
        assertThat(written(Topics.PROBES, "held")).isEmpty();
        assertThat(written(Topics.PROBES, "free")).hasSize(1);
    }

    @Test
    void refusal_isToldWithItsReason_andAuthorTakesBack() {
        Asking prober = with("prober");
        String id = asked(prober, snapshot("refused", ""));

        assertRefused(admin.post("/approvals/" + id + "/refuse", "{}"), 400, "say why");
        assertThat(admin.post("/approvals/" + id + "/refuse", "{\"why\":\"reads the card\"}")
                        .body())
                .contains("\"state\":\"refused\"", "\"why\":\"reads the card\"");
        assertThat(prober.get("/approvals/refused").body()).contains("reads the card", "\"by\":\"start\"");
        assertRefused(admin.post("/approvals/" + id + "/approve", ""), 409, "is refused already, by start");
        String again = asked(prober, snapshot("refused", ""));
        assertThat(prober.post("/approvals/" + again + "/refuse", "{\"why\":\"wrong line\"}")
                        .body())
                .contains("\"state\":\"withdrawn\"");
        String removed = asked(prober, snapshot("refused", ""));
        assertThat(prober.delete("/probes/refused").status()).isEqualTo(200);
        assertRefused(admin.post("/approvals/" + removed + "/approve", ""), 409, "is withdrawn already");
        assertAudited("approval.refuse", "reads the card");
        assertAudited("approval.withdraw", "wrong line");
    }

    @Test
    void narrowedDefinition_runs_andWhatWaitedIsGone() {
        Asking prober = with("prober");
        String id = asked(prober, snapshot("narrow", ""));

        prober.post("/probes", snapshot("narrow", "").replace("production", "staging"));

        assertThat(admin.get("/probes/narrow").body()).contains("staging").doesNotContain("approval");
        assertRefused(admin.post("/approvals/" + id + "/approve", ""), 409, "is withdrawn already");
    }

    @Test
    void requests_expire() {
        try (ControlPlane hasty = plane("hasty", Map.of("control.approval-expires", "1s"))) {
            String id = asked(new Asking(hasty.address()), snapshot("late", ""));

            Eventually.get(() -> admin.get("/approvals/" + id).body(), body -> body.contains("\"state\":\"expired\""));
            assertRefused(
                    with("approver").post("/approvals/" + id + "/approve", ""), 409, "expired at", "has to ask anew");
        }
    }

    @Test
    void besideEachOther_oneDecides_andAnotherStartKnows() throws Exception {
        Asking prober = with("prober");
        String id = asked(prober, snapshot("beside", ""));
        Asking one = with("approver");
        Asking other = new Asking(second.address(), token("approver", ""));
        Eventually.get(() -> other.get("/approvals").body(), body -> body.contains(id));

        var approving = java.util.concurrent.CompletableFuture.supplyAsync(
                () -> one.post("/approvals/" + id + "/approve", "").status());
        int refusing =
                other.post("/approvals/" + id + "/refuse", "{\"why\":\"no\"}").status();

        assertThat(List.of(approving.get(20, TimeUnit.SECONDS), refusing)).containsExactlyInAnyOrder(200, 409);
        boolean isSet = approving.get() == 200;
        assertThat(written(Topics.PROBES, "beside")).hasSize(isSet ? 1 : 0);
        String waiting = asked(prober, snapshot("later", ""));
        try (ControlPlane third = plane("third", Map.of())) {
            Asking there = new Asking(third.address());
            assertThat(there.get("/approvals/" + id).body()).contains(isSet ? "\"approved\"" : "\"refused\"");
            assertThat(there.post("/approvals/" + waiting + "/approve", "").status())
                    .isEqualTo(200);
        }
        Eventually.get(() -> admin.get("/probes/later").status(), status -> status == 200);
    }

    @Test
    void recordsWrittenStraightToKafka_approveNothing() throws Exception {
        String id = asked(with("prober"), snapshot("forged", ""));
        ConsumerRecord<String, String> waiting =
                written(Topics.APPROVALS, "forged").get(0);
        try (KafkaProducer<String, String> attacker =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            attacker.send(new ProducerRecord<>(
                            Topics.APPROVALS, "forged", waiting.value().replace("\"waiting\"", "\"approved\"")))
                    .get(20, TimeUnit.SECONDS);
            attacker.send(new ProducerRecord<>(
                            Topics.PROBES, null, "forged", definition(waiting.value()), waiting.headers()))
                    .get(20, TimeUnit.SECONDS);
        }
        with("viewer"); // when this one has been read, those have been

        assertThat(admin.get("/approvals/" + id).body()).contains("\"state\":\"waiting\"");
        assertAudited("\"from\":\"Kafka\"", "write plumbline_approvals", "a record that is unsigned");
        assertAudited("\"from\":\"Kafka\"", "write plumbline_probes", "a record that is forged");
    }

    private static String definition(String request) {
        int at = request.indexOf("\"definition\":");
        return request.substring(at + "\"definition\":".length(), request.length() - 1);
    }
}
