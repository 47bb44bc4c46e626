package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.Asking.Answer;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.support.TakingServer;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people share is there for whom it may be, and for as long as they want; over a real broker. */
final class SharesTest {
    private static final String LOUD = "<!channel> <https://evil.example|click> ``` *bold* @here";

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static TakingServer slack;
    private static TakingServer jira;
    private static ControlPlane control;
    private static Asking api;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        slack = new TakingServer("ok");
        jira = new TakingServer("{\"key\": \"SHOP-12\"}");
        PipelineTopics.ensure(kafka());
        producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
        startControl();
    }

    @AfterAll
    static void stop() {
        producer.close();
        control.close();
        slack.close();
        jira.close();
        broker.close();
    }

    @Test
    void share_outlivesTheProbeAndARestart() throws Exception {
        setProbe("dear");
        send(Otlp.logs("shop", "dear", "order 7", "order 8"));
        send(Otlp.logs("shop", "dear", "order 7")); // delivered again
        Answer made = share("dear", "\"hits\": [\"order 7\"], \"note\": \"look\", \"source\": \"int a = 1;\"");
        assertThat(made.text("url")).isEqualTo("https://plumbline.example/console/shared/" + made.text("id"));

        api.delete("/probes/dear");
        control.close();
        startControl();

        JsonNode shared = shared(api, made.text("id"));
        assertThat(shared.at("/signals")).hasSize(1);
        assertThat(shared.at("/signals/0/body").asText()).isEqualTo("order 7");
        assertThat(shared.at("/signals/0/line").asText()).isEqualTo("42");
        assertThat(shared.at("/definition/at").asText()).isEqualTo("shop.OrderService:42");
        assertThat(shared.at("/note").asText()).isEqualTo("look");
        assertThat(shared.at("/source").asText()).isEqualTo("int a = 1;");
        assertThat(api.get("/audit?since=1h").body()).contains("\"share.create\"", made.text("id"));
    }

    @Test
    void shareOfServicesOutsideTheBounds_isNoneForThatToken() throws Exception {
        setProbe("both");
        send(Otlp.logs("shop", "both", "of shop"));
        send(Otlp.logs("pay", "both", "of pay"));
        Asking pay = as("pay-viewer", "viewer", ", \"services\": [\"pay\"]");

        String mixed = share("both", "\"hits\": [\"of shop\", \"of pay\"]").text("id");
        assertThat(pay.get("/shares/" + mixed).status()).isEqualTo(404);
        assertThat(pay.delete("/shares/" + mixed).status()).isEqualTo(404);
        assertThat(pay.post("/shares", "{\"probe\": \"both\", \"hits\": [\"of shop\"]}")
                        .status())
                .isEqualTo(404);

        Answer own = pay.post("/shares", "{\"probe\": \"both\", \"hits\": [\"of pay\"]}");
        assertThat(pay.get("/shares").body()).contains(own.text("id")).doesNotContain(mixed);
        assertThat(shared(api, own.text("id")).at("/services/0").asText()).isEqualTo("pay");
    }

    @Test
    void share_isRemovedByWhoMadeIt_orAnAdmin() throws Exception {
        setProbe("mine");
        send(Otlp.logs("shop", "mine", "this"));
        Asking ann = as("ann", "viewer", "");
        Asking bob = as("bob", "prober", "");
        String body = "{\"probe\": \"mine\", \"hits\": [\"this\"]}";
        String first = ann.post("/shares", body).text("id");
        String second = ann.post("/shares", body).text("id");
        assertThat(second).isNotEqualTo(first).matches("[0-9a-f]{32}");

        assertThat(bob.delete("/shares/" + first).detail()).contains("is by 'ann'");
        assertThat(ann.delete("/shares/" + first).status()).isEqualTo(200);
        assertThat(api.delete("/shares/" + second).status()).isEqualTo(200);
        assertThat(bob.get("/shares/" + first).status()).isEqualTo(404);

        control.close();
        startControl();
        assertThat(api.get("/shares/" + second).status()).isEqualTo(404);
    }

    @Test
    void spansOfATrace_areShared() throws Exception {
        api.post("/probes", "{id: way, span: {points: {A: 'shop.OrderService:42', B: 'shop.OrderService:43'}}}");
        producer.send(new ProducerRecord<>(
                        Topics.SPANS,
                        0,
                        null,
                        Otlp.span(
                                Map.of(
                                        "plumbline.probe.id",
                                        "way",
                                        "plumbline.span.from",
                                        "A",
                                        "plumbline.span.to",
                                        "B"),
                                "shop",
                                "way A→B")))
                .get(10, TimeUnit.SECONDS);

        String id = share("way", "\"traces\": [\"30313233343536373839616263646566\"]")
                .text("id");

        assertThat(shared(api, id).at("/signals/0/name").asText()).isEqualTo("way A→B");
        assertThat(shared(api, id).at("/signals/0/startMicros").asLong()).isPositive();
    }

    @Test
    void share_isSentToSlack_whereCapturedTextIsNoMarkup() throws Exception {
        setProbe("loud");
        send(Otlp.logs("shop", "loud", LOUD));
        String id = share("loud", "\"hits\": [\"" + LOUD + "\"], \"note\": \"<@U1> see\"")
                .text("id");

        Answer sent = api.post("/shares/" + id + "/send", "{\"to\": \"slack\"}");

        assertThat(sent.text("sent")).as(sent.body()).isEqualTo("true");
        TakingServer.Taken taken = slack.last();
        assertThat(taken.path()).isEqualTo("/services/T0/B0/secret");
        assertThat(OpenApi.read(taken.body()).at("/blocks").toString())
                .contains("<https://plumbline.example/console/shared/" + id + "|open>")
                .contains("shop/OrderService.java:42", "shop-1")
                .contains("&lt;!channel&gt;", "&lt;https://evil.example|click&gt;", "&lt;@U1&gt;")
                .doesNotContain("<!channel>", "<@U1>", "@here");
        assertThat(api.get("/audit?since=1h").body()).contains("\"share.send\"");

        slack.answerWith(403);
        assertThat(api.post("/shares/" + id + "/send", "{\"to\": \"slack\"}").detail())
                .contains("Slack did not take it: it answered 403 ok; check the settings control.share.slack")
                .doesNotContain("secret");
    }

    @Test
    void share_isSentToJira_whereCapturedTextIsNoMarkup() throws Exception {
        setProbe("bug");
        send(Otlp.snapshot("shop", "bug", "snap", 7, "{noformat} [~admin] h1. x", "at A.b(A.java:1)"));
        String note = "[~ann] {color:red}see|http://evil.example";
        String id =
                share("bug", "\"hits\": [\"snap\"], \"note\": \"" + note + "\"").text("id");

        Answer sent = api.post("/shares/" + id + "/send", "{\"to\": \"jira\"}");

        assertThat(sent.text("url")).as(sent.body()).isEqualTo(jira.url() + "/browse/SHOP-12");
        TakingServer.Taken taken = jira.last();
        assertThat(taken.path()).isEqualTo("/rest/api/2/issue");
        assertThat(taken.authorization()).startsWith("Basic ");
        JsonNode fields = OpenApi.read(taken.body()).at("/fields");
        assertThat(fields.at("/project/key").asText()).isEqualTo("SHOP");
        assertThat(fields.at("/issuetype/name").asText()).isEqualTo("Bug");
        assertThat(fields.at("/summary").asText()).isEqualTo("Plumbline: bug at shop.OrderService:42");
        String description = fields.at("/description").asText();
        assertThat(description)
                .contains("[open|https://plumbline.example/console/shared/" + id + "]", "id\":7")
                .contains("\\[\\~ann\\] \\{color")
                .doesNotContain("http://evil", " [~ann]");
        assertThat(description.split("\\{noformat}", -1))
                .as("begun once and ended once")
                .hasSize(3);
        assertThat(description).endsWith("{noformat}\n");
    }

    @Test
    void whatRedactionOfAssistantsHides_isInNoMessage() throws Exception {
        setProbe("secretive");
        send(Otlp.snapshot(
                "shop", "secretive", "hidden", 7, "Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", ""));
        String id = share("secretive", "\"hits\": [\"hidden\"]").text("id");

        assertThat(shared(api, id).at("/signals/0/values/order/tier").asText()).contains("eyJ");
        api.post("/shares/" + id + "/send", "{\"to\": \"jira\"}");

        assertThat(jira.last().body()).contains("/console/shared/" + id).doesNotContain("eyJ");
    }

    @Test
    void targets_areThoseOfTheSettings() {
        assertThat(api.get("/shares/targets").body().strip()).isEqualTo("{\"targets\":[\"slack\",\"jira\"]}");
        assertThatThrownBy(() -> ControlSettings.of(Map.of("control.share.jira.url", "https://j.example")))
                .hasMessageContaining("control.share.jira.project is missing");
        assertThatThrownBy(() -> ControlSettings.of(Map.of("control.share.slack.url", "secret words")))
                .hasMessageContaining("control.share.slack.url is an address")
                .hasMessageNotContaining("secret");
    }

    @Test
    void whatIsTooLargeOrNotThere_isToldWithARemedy() throws Exception {
        setProbe("large");
        send(Otlp.logs(Map.of("code.stacktrace", "x".repeat(600_000)), "shop", "large", "big"));

        assertThat(share("large", "\"hits\": [\"big\"]").detail())
                .contains("a share has 524288 at most; share fewer hits");
        assertThat(share("large", "\"hits\": [\"big\", \"small\"]").detail())
                .contains("there is no signal small in the topics");
        assertThat(share("large", "\"hits\": []").detail()).contains("a share has 1 to 20 hits");
        assertThat(share("nothing", "\"hits\": [\"x\"]").status()).isEqualTo(404);
        assertThat(as("bot", "assistant", "").get("/shares").status()).isEqualTo(403);
    }

    @Test
    void recordThatNoControlPlaneWrote_isNoShare() throws Exception {
        String forged =
                "{\"id\":\"f\",\"by\":\"start\",\"made\":1,\"probe\":\"p\",\"note\":\"\",\"reach\":[],\"signals\":[]}";
        producer.send(new ProducerRecord<>(Topics.SHARES, "f".getBytes(), forged.getBytes()))
                .get(10, TimeUnit.SECONDS);
        setProbe("after");
        send(Otlp.logs("shop", "after", "one"));
        share("after", "\"hits\": [\"one\"]"); // read behind the forged one

        assertThat(api.get("/shares/f").status()).isEqualTo(404);
    }

    private static Answer share(String probe, String what) {
        return api.post("/shares", "{\"probe\": \"" + probe + "\", " + what + "}");
    }

    private static JsonNode shared(Asking asking, String id) {
        return OpenApi.read(asking.get("/shares/" + id).body());
    }

    private static void setProbe(String id) {
        api.post("/probes", "{id: " + id + ", at: 'shop.OrderService:42', log: x}");
    }

    private static Asking as(String name, String role, String more) {
        Answer made = api.post("/tokens", "{\"name\": \"" + name + "\", \"role\": \"" + role + "\"" + more + "}");
        return new Asking(control.address(), made.text("token"));
    }

    private static void startControl() {
        control = ControlPlane.start(
                folder,
                0,
                kafka(),
                List::of,
                () -> "",
                ControlSettings.of(Map.of(
                        "control.share.slack.url", slack.url() + "/services/T0/B0/secret",
                        "control.share.jira.url", jira.url() + "/",
                        "control.share.jira.project", "SHOP",
                        "control.share.jira.type", "Bug",
                        "control.share.jira.user", "ann@example.com",
                        "control.share.jira.token", "secret-token",
                        "control.console.url", "https://plumbline.example/")));
        api = new Asking(control.address());
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }

    private static void send(byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(Topics.LOGS, 0, null, value)).get(10, TimeUnit.SECONDS);
    }
}
