package io.plumbline.pipeline.control;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.signing.TrustedKeys;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.SigningKey;
import io.plumbline.pipeline.fleet.SimulatedAgent;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Definitions and requests over a real broker, to the agent's own control thread, with somebody who may write to Kafka. */
class SignedDefinitionsTest {
    private static final String PROBE = "{id: a, at: 'X:1', log: '%s'}";

    @TempDir
    private Path folder;

    private Map<String, Object> kafka;
    private EmbeddedBroker broker;
    private ControlPlane control;
    private Asking api;
    private KafkaProducer<String, String> attacker;
    private SimulatedAgent agent;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        kafka = Map.of("bootstrap.servers", broker.address());
        PipelineTopics.ensure(kafka);
        startControl(ControlSettings.NONE);
        attacker = new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer());
        agent = start("agent-1", control.address().key());
    }

    @AfterEach
    void stop() {
        agent.close();
        attacker.close();
        control.close();
        broker.close();
    }

    private void startControl(ControlSettings settings) {
        if (control != null) {
            control.close();
        }
        control = ControlPlane.start(folder, 0, kafka, List::of, () -> "", settings);
        api = new Asking(control.address());
    }

    private SimulatedAgent start(String id, String keys) {
        return SimulatedAgent.start(broker.address(), id, TrustedKeys.parse("keys", keys));
    }

    private void set(String text) {
        assertThat(api.post("/probes", PROBE.formatted(text)).status()).isEqualTo(200);
    }

    private void awaitLog(SimulatedAgent seen, String text) {
        Eventually.isTrue(() -> seen.probing.definition("a").contains("\"template\":\"" + text + "\""));
    }

    private void write(String topic, String key, String value, Iterable<Header> headers) throws Exception {
        attacker.send(new ProducerRecord<>(topic, null, key, value, headers)).get(20, TimeUnit.SECONDS);
    }

    private void awaitRefused(String id, String cause) {
        Eventually.get(
                () -> api.get("/instances").body(),
                body -> body.contains("\"id\":\"" + id + "\"")
                        && body.contains("\"refused\":{")
                        && body.contains("\"" + cause + "\":"));
    }

    /** Everything that stands under a key, oldest first. */
    private List<ConsumerRecord<String, String>> records(String key) {
        List<ConsumerRecord<String, String>> found = new ArrayList<>();
        TopicPartition probes = new TopicPartition(Topics.PROBES, 0);
        try (Consumer<String, String> consumer = ControlReader.consumer(kafka, "test")) {
            consumer.assign(List.of(probes));
            long end = consumer.endOffsets(List.of(probes)).get(probes);
            consumer.seekToBeginning(List.of(probes));
            while (consumer.position(probes) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(each -> {
                    if (each.key().equals(key)) {
                        found.add(each);
                    }
                });
            }
        }
        return found;
    }

    @Test
    void signed_setChangedAndRemoved_isTaken() {
        set("one");
        awaitLog(agent, "one");
        set("two");
        awaitLog(agent, "two");

        assertThat(api.get("/probes").body()).contains("\"signed\":true");
        api.post("/switch", "{\"off\": true, \"probe\": \"a\"}");
        Eventually.isTrue(() -> !agent.probing.isSet("a"));
        api.post("/switch", "{\"off\": false, \"probe\": \"a\"}");
        awaitLog(agent, "two");
        api.delete("/probes/a");
        Eventually.isTrue(() -> !agent.probing.isSet("a"));
    }

    @Test
    void writtenStraightToKafka_isRefused_countedAndTold_andTheSignedOneStandsAgain() throws Exception {
        set("one");
        set("two");
        awaitLog(agent, "two");
        ConsumerRecord<String, String> first = records("a").get(0);
        ConsumerRecord<String, String> second = records("a").get(1);
        String evil = second.value().replace("two", "evil");

        write(Topics.PROBES, "a", evil, List.of());
        awaitRefused("agent-1", "unsigned");
        write(Topics.PROBES, "a", evil, second.headers());
        awaitRefused("agent-1", "forged");
        write(Topics.PROBES, "b", second.value(), second.headers());
        write(Topics.PROBES, "a", first.value(), first.headers());
        awaitRefused("agent-1", "replayed");
        write(Topics.PROBES, "a", null, List.of());
        write(Topics.PROBES, Topics.SWITCH_KEY, "{\"fleet\":true}", List.of());

        // once this one is there, all those before it have been read
        api.post("/probes", "{id: c, at: 'X:1', log: last}");
        Eventually.isTrue(() -> agent.probing.isSet("c"));
        awaitLog(agent, "two");
        assertThat(agent.probing.isSet("b")).isFalse();
        assertThat(api.get("/probes/a").body()).contains("\"template\":\"two\"", "\"signed\":true");
        Eventually.get(
                () -> records("a"),
                all -> second.value().equals(all.get(all.size() - 1).value()));
        try (SimulatedAgent late = start("agent-2", control.address().key())) {
            awaitLog(late, "two");
        }
        assertThat(api.get("/audit").body())
                .contains("write plumbline_probes")
                .contains("a record that is unsigned", "a record that is forged", "a record that is replayed");
    }

    @Test
    void overwrittenWhileNoControlPlaneRan_isMendedAtTheStart() throws Exception {
        set("one");
        ConsumerRecord<String, String> signed = records("a").get(0);
        control.close();
        write(Topics.PROBES, "a", null, List.of());

        startControl(ControlSettings.NONE);

        Eventually.get(
                () -> records("a"),
                all -> all.size() == 3 && signed.value().equals(all.get(2).value()));
        startControl(ControlSettings.NONE);
        api.post("/probes", "{id: c, at: 'X:1', log: last}");
        assertThat(records("a")).hasSize(3);
    }

    @Test
    void restarts_ofAgentAndControlPlane_changeNothing() throws Exception {
        set("one");
        ConsumerRecord<String, String> old = records("a").get(0);
        set("two");
        String key = control.address().key();
        startControl(ControlSettings.NONE);

        assertThat(control.address().key()).isEqualTo(key);
        assertThat(api.post("/probes", PROBE.formatted("two")).body()).contains("\"change\":\"unchanged\"");
        try (SimulatedAgent late = start("agent-2", key)) {
            awaitLog(late, "two");
            set("three");
            awaitLog(late, "three");
            awaitLog(agent, "three");
            api.delete("/probes/a");
            Eventually.isTrue(() -> !late.probing.isSet("a"));
            write(Topics.PROBES, "a", old.value(), old.headers());
            awaitRefused("agent-2", "replayed");
            assertThat(late.probing.isSet("a")).isFalse();
        }
    }

    @Test
    void anotherKey_isTakenByWhoPinsBoth_andRefusedByOthers() throws Exception {
        set("one");
        awaitLog(agent, "one");
        String oldKey = control.address().key();
        Path next = Files.createDirectory(folder.resolve("next"));
        SigningKey nextKey = SigningKey.in(next);
        try (SimulatedAgent both = start("agent-2", oldKey + "," + nextKey.publicText())) {
            awaitLog(both, "one");
            startControl(ControlSettings.of(
                    Map.of("control.signing-key", SigningKey.file(next).toString(), "control.trusted-keys", oldKey)));

            assertThat(api.post("/probes", PROBE.formatted("one")).body()).contains("\"change\":\"changed\"");
            set("two");

            awaitLog(both, "two");
            awaitRefused("agent-1", "unknown-key");
            assertThat(agent.probing.definition("a")).contains("one");
        }
    }

    @Test
    void withoutPinnedKeys_unsignedIsTaken() throws Exception {
        try (SimulatedAgent open = SimulatedAgent.start(broker.address(), "open")) {
            set("one");
            awaitLog(open, "one");
            String unsigned = records("a").get(0).value().replace("\"id\":\"a\"", "\"id\":\"b\"");

            write(Topics.PROBES, "b", unsigned, List.of());

            Eventually.isTrue(() -> open.probing.isSet("b"));
            Eventually.get(() -> api.get("/probes/b").body(), body -> body.contains("\"signed\":false"));
            assertThat(agent.probing.isSet("b")).isFalse();
        }
    }

    @Test
    void requests_areAnsweredOnceAndOnlyWhenSigned() throws Exception {
        awaitAnswer(); // it listens from now on
        long asked = agent.probing.asked();

        write(Topics.REQUESTS, "r", "{\"id\":\"r\",\"instance\":\"agent-1\",\"lines\":\"X\"}", List.of());

        awaitRefused("agent-1", "unsigned");
        assertThat(agent.probing.asked()).isEqualTo(asked);
        awaitAnswer();
        assertThat(agent.probing.asked()).isGreaterThan(asked);
    }

    private void awaitAnswer() {
        Eventually.get(() -> api.get("/lines?type=X&instance=agent-1").body(), body -> body.contains("nobody knows"));
    }

    @Test
    void keyFile_isForItsUserOnly() throws Exception {
        Path file = SigningKey.file(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(Files.readString(file, UTF_8)).startsWith("-----BEGIN PRIVATE KEY-----");
        assertThat(SigningKey.read(file).toString())
                .doesNotContain(Files.readAllLines(file).get(1));
    }
}
