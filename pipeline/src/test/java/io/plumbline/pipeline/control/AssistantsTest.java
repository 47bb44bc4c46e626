package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.Asking.Answer;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.FakeAgent;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a token of the role assistant may and may not, whatever the program says that holds it. */
final class AssistantsTest {
    private static final String GOOD =
            "{id: ID, at: 'shop.OrderService:42', log: x, limits: {hits: 10}, for: 15m, to: assistants}";

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static ControlPlane control;
    private static FakeAgent agent;
    private static Asking admin;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        PipelineTopics.ensure(kafka());
        startControl();
        agent = FakeAgent.start(broker.address(), "shop");
        Eventually.get(() -> admin.get("/instances").body(), body -> body.contains("shop-1"));
    }

    @AfterAll
    static void stop() {
        agent.close();
        control.close();
        broker.close();
    }

    @Test
    void itsProbe_isSetWithALease_readRedactedAndCut_andRemovedWithTheLease() {
        Asking ai = assistant("loop");
        String lease = ai.post("/leases", "{\"for\": \"1m\"}").text("id");

        assertThat(ai.post("/probes?lease=" + lease, GOOD.replace("ID", "loop-1"))
                        .status())
                .isEqualTo(200);

        Eventually.isTrue(() -> agent.probes().containsKey("loop-1"));
        agent.send(
                Topics.LOGS,
                Otlp.logs(
                        "shop", "loop-1", "card 4111 1111 1111 1111", "password=hunter2secret", "long ".repeat(1_000)));
        String read = Eventually.get(() -> ai.get("/probes/loop-1/signals").body(), body -> body.contains("long"));
        assertThat(read)
                .contains("(of 5000 characters)")
                .doesNotContain("4111", "hunter2secret")
                .hasSizeLessThan(3_000);
        assertThat(admin.get("/probes/loop-1/signals").body()).contains("long ".repeat(1_000));
        assertThat(ai.get("/probes").body()).contains("loop-1");
        assertThat(ai.delete("/leases/" + lease).status()).isEqualTo(200);
        assertThat(admin.get("/probes/loop-1").status()).isEqualTo(404);
        assertThat(audited())
                .anyMatch(line -> line.contains("\"who\":\"loop\"") && line.contains("lease.begin"))
                .anyMatch(line -> line.contains("\"who\":\"loop\"") && line.contains("probe.set"))
                .anyMatch(line -> line.contains("\"who\":\"loop\"") && line.contains("signals.read"))
                .anyMatch(line -> line.contains("\"who\":\"loop\"") && line.contains("lease.end"));
    }

    @Test
    void whatGoesBeyondItsRules_isRefusedWithTheRemedy() {
        Asking ai = assistant("wide");
        String lease = ai.post("/leases", "").text("id");

        refused(ai, lease, GOOD.replace("15m", "2h"), "lives for 1h at most");
        refused(ai, lease, GOOD.replace("15m", "never"), "lives for 1h at most");
        refused(ai, lease, GOOD.replace("hits: 10", "hits: 101"), "has a limit of 1 to 100 hits");
        refused(ai, lease, GOOD.replace("limits: {hits: 10}, ", ""), "write 'limits: {hits: 20}'");
        refused(
                ai,
                lease,
                GOOD.replace("to: assistants", "to: [assistants, slack]"),
                "goes to no exporter but assistants");
        refused(ai, lease, GOOD.replace(", to: assistants", ""), "write 'to: assistants'");
        refused(ai, lease, GOOD.replace("log: x", "log: {template: x, beside: true}"), "leave 'beside' out");
        refused(ai, lease, GOOD.replace("hits: 10", "hits: 10, cpu: 5%"), "1% of a core at most");
        refused(ai, "", GOOD, "begin a lease with POST /leases");
        assertThat(ai.post("/probes?lease=no-such", GOOD.replace("ID", "wide-1"))
                        .status())
                .isEqualTo(404);
        assertThat(ai.post("/leases", "{\"for\": \"1h\"}").detail()).contains("a lease is for 1s to 15m");
        assertThat(admin.get("/probes").body()).doesNotContain("wide-1");
    }

    @Test
    void itsQuota_isFiveProbes_alsoOverSeveralLeases() {
        Asking ai = assistant("many");
        for (int i = 1; i <= 5; i++) {
            String lease = ai.post("/leases", "").text("id");
            assertThat(ai.post("/probes?lease=" + lease, GOOD.replace("ID", "many-" + i))
                            .status())
                    .isEqualTo(200);
        }
        String first = ai.get("/leases").body().replaceFirst("(?s).*?\"id\":\"([^\"]*)\".*", "$1");

        Answer sixth = ai.post("/probes?lease=" + first, GOOD.replace("ID", "many-6"));

        assertThat(sixth.status()).isEqualTo(403);
        assertThat(sixth.detail()).contains("may have 5 probes at a time", "remove one first");
        assertThat(ai.post("/leases", "").status()).isEqualTo(409);
        assertThat(ai.delete("/probes/many-3").status()).isEqualTo(200);
        assertThat(ai.post("/probes?lease=" + first, GOOD.replace("ID", "many-6"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void othersProbes_areNotItsBusiness() {
        admin.post("/probes", "{id: persons, at: 'shop.OrderService:42', log: x, on: {service: shop}}");
        Asking ai = assistant("nosy");
        Asking other = assistant("other");
        String lease = other.post("/leases", "").text("id");
        other.post("/probes?lease=" + lease, GOOD.replace("ID", "others"));

        for (String id : List.of("persons", "others")) {
            assertThat(ai.delete("/probes/" + id).status()).isEqualTo(403);
            assertThat(ai.get("/probes/" + id).status()).isEqualTo(403);
            assertThat(ai.get("/probes/" + id + "/signals").status()).isEqualTo(403);
            refused(ai, ai.post("/leases", "").text("id"), GOOD.replace("ID", id), "of somebody else");
        }
        assertThat(ai.post("/leases/" + lease, "").status()).isEqualTo(404);
        assertThat(ai.delete("/leases/" + lease).status()).isEqualTo(404);
        assertThat(ai.get("/probes").body()).doesNotContain("persons", "others");
        assertThat(ai.get("/leases").body()).doesNotContain(lease);
        for (String path : List.of("/tail", "/exporters", "/audit", "/tokens", "/deadletters", "/switch")) {
            assertThat(ai.get(path).status()).as(path).isEqualTo(403);
        }
        assertThat(ai.post("/switch", "{\"off\": true}").status()).isEqualTo(403);
        assertThat(ai.get("/instances").body()).contains("shop-1");
        assertThat(ai.get("/lines?type=shop.OrderService").status()).isEqualTo(200);
    }

    @Test
    void probeThatAPersonHasChanged_isThePersonsNow() {
        Asking ai = assistant("changed");
        String lease = ai.post("/leases", "{\"for\": \"1m\"}").text("id");
        ai.post("/probes?lease=" + lease, GOOD.replace("ID", "taken-over"));

        admin.post("/probes", GOOD.replace("ID", "taken-over").replace("log: x", "log: y"));

        assertThat(ai.delete("/probes/taken-over").status()).isEqualTo(403);
        ai.delete("/leases/" + lease);
        assertThat(admin.get("/probes/taken-over").status()).isEqualTo(200);
    }

    @Test
    void sessionThatIsSilent_losesItsProbes_andOneThatSpeaksKeepsThem_alsoOverARestart() {
        Asking silent = assistant("silent");
        Asking alive = assistant("alive");
        String shortLease = silent.post("/leases", "{\"for\": \"1s\"}").text("id");
        String longLease = alive.post("/leases", "{\"for\": \"5m\"}").text("id");
        silent.post("/probes?lease=" + shortLease, GOOD.replace("ID", "silent-1"));
        alive.post("/probes?lease=" + longLease, GOOD.replace("ID", "alive-1"));

        Eventually.get(() -> admin.get("/probes/silent-1").status(), status -> status == 404);

        Eventually.isTrue(() -> !agent.probes().containsKey("silent-1"));
        assertThat(audited()).anyMatch(line -> line.contains("lease.over") && line.contains("silent-1"));
        String token = alive.token();
        control.close();
        startControl();
        Asking again = new Asking(control.address(), token);
        assertThat(again.post("/leases/" + longLease, "").status()).isEqualTo(200);
        assertThat(again.delete("/probes/alive-1").status()).isEqualTo(200);
    }

    @Test
    void leaseWrittenStraightToKafka_countsForNothing() throws Exception {
        admin.post("/probes", "{id: victim, at: 'shop.OrderService:42', log: x}");
        Asking ai = assistant("forger");
        String forged = "{\"id\":\"forged\",\"owner\":\"forger\",\"for\":60000,\"expires\":9000000000000,"
                + "\"probes\":{\"victim\":1},\"ended\":false}";

        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(kafka(), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.LEASES, "forged", forged)).get();
        }
        ai.post("/leases", ""); // what is read after it has been read

        assertThat(ai.delete("/probes/victim").status()).isEqualTo(403);
        assertThat(admin.get("/leases").body()).doesNotContain("forged");
    }

    private static void refused(Asking ai, String lease, String probe, String why) {
        Answer answer = ai.post("/probes" + (lease.isEmpty() ? "" : "?lease=" + lease), probe.replace("ID", "wide-1"));
        assertThat(answer.detail()).contains(why);
        assertThat(answer.status()).isEqualTo(403);
    }

    private static Asking assistant(String name) {
        return new Asking(
                control.address(),
                admin.post("/tokens", "{\"name\": \"" + name + "\", \"role\": \"assistant\"}")
                        .text("token"));
    }

    private static List<String> audited() {
        return admin.lines("/audit?since=10m").toList();
    }

    private static void startControl() {
        control = ControlPlane.start(folder, 0, kafka(), List::of);
        admin = new Asking(control.address());
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }
}
