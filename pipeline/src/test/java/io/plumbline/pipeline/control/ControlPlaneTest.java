package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.Asking.Answer;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.FakeAgent;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API over a real broker, with an agent that is played. */
final class ControlPlaneTest {
    private static final String LOG = """
            id: order-log
            at: shop.OrderService:42
            log: "order {order.id}"
            """;

    private static final String VERSIONED = LOG.replace("order-log", "versioned");
    private static final String RESTARTED = LOG.replace("order-log", "restarted");

    @TempDir
    static Path folder;

    @TempDir
    static Path elsewhere;

    private static EmbeddedBroker broker;
    private static ControlPlane control;
    private static FakeAgent agent;
    private static Asking api;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        PipelineTopics.ensure(kafka());
        control = startControl();
        api = new Asking(control.address());
        agent = FakeAgent.start(broker.address(), "shop");
        Eventually.get(() -> api.get("/instances").body(), body -> body.contains("shop-1"));
    }

    @AfterAll
    static void stop() {
        agent.close();
        control.close();
        broker.close();
    }

    @AfterEach
    void removeAll() {
        for (String id : List.of("order-log", "a", "b", "versioned", "restarted")) {
            api.delete("/probes/" + id);
        }
        api.post("/switch", "{\"off\": false}");
    }

    @Test
    void probe_reachesTheAgent_andItsReportComesBack() {
        Answer set = api.post("/probes", LOG);

        assertThat(set.status()).isEqualTo(200);
        assertThat(set.body()).contains("\"change\":\"created\"");
        Eventually.isTrue(() -> agent.probes().containsKey("order-log"));
        Eventually.get(() -> api.get("/probes/order-log").body(), body -> body.contains("\"state\":\"installed\""));
        assertThat(api.get("/probes?reports=true").body()).contains("\"targets\":[\"shop-1\"]");
        assertThat(api.get("/probes").body())
                .contains("\"summary\":{\"instances\":1,\"states\":{\"installed\":1}")
                .doesNotContain("\"reports\"");
    }

    @Test
    void sameContent_isUnchanged_otherContentIsTheNextVersion_alsoAfterRemoval() {
        api.post("/probes", VERSIONED);

        assertThat(api.post("/probes", VERSIONED).body()).contains("\"version\":1", "\"change\":\"unchanged\"");
        assertThat(api.post("/probes", VERSIONED.replace("order {", "ORDER {")).body())
                .contains("\"version\":2", "\"change\":\"changed\"");
        assertThat(api.delete("/probes/versioned").status()).isEqualTo(200);
        assertThat(api.get("/probes/versioned").status()).isEqualTo(404);
        assertThat(api.post("/probes", VERSIONED).body()).contains("\"version\":3", "\"change\":\"created\"");
    }

    @Test
    void oneInvalidOfSeveral_changesNothing_andIsNamedWithItsPlace() {
        Answer answer =
                api.post("/probes?source=two.yaml", "- {id: a, at: 'A:1', log: x}\n- {id: b, at: 'A:1', lgo: x}\n");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.detail()).contains("unknown key 'lgo' in a probe");
        assertThat(answer.body()).contains("\"line\":2");
        assertThat(api.get("/probes").body()).isEqualTo("{\"probes\":[]}\n");
    }

    @Test
    void badInput_isASentence_andChangesNothing() {
        assertThat(api.post("/probes", "at: nowhere\nlog: x").detail())
                .contains("a location is a class or source file");
        assertThat(api.post("/probes", "at: A:1\nlog: '{a +}'").detail()).contains("column");
        assertThat(api.post("/probes", "at: A:1").detail())
                .contains("needs at least one of log, snapshot, exception, count");
        assertThat(api.post("/probes", "").detail()).contains("there is no probe in");
        assertThat(api.post("/probes", "{\"at\": ").status()).isEqualTo(422);
        assertThat(api.post("/probes", "x: [").status()).isEqualTo(422);
        assertThat(api.post("/probes?dryRun=maybe", LOG).detail()).isEqualTo("dryRun must be true or false: maybe");
        assertThat(api.get("/probes").body()).isEqualTo("{\"probes\":[]}\n");
    }

    @Test
    void dryRun_saysWhatWouldBe_andChangesNothing() {
        assertThat(api.post("/probes?dryRun=true", LOG).body()).contains("\"dryRun\":true", "\"change\":\"created\"");
        assertThat(api.get("/probes").body()).isEqualTo("{\"probes\":[]}\n");
    }

    @Test
    void clashingMetric_isRefused_andTheOldOneRunsOn() {
        api.post("/probes", "{id: a, at: 'A:1', count: orders.placed}");

        Answer answer = api.post("/probes", "{id: b, at: 'B:1', gauge: {name: orders.placed, value: n}}");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.detail()).contains("clashes with probe 'a'", "give it another name");
        assertThat(api.get("/probes/b").status()).isEqualTo(404);
        assertThat(api.get("/probes/a").status()).isEqualTo(200);
    }

    @Test
    void unknownProbe_isNotFound_withTheNearest() {
        api.post("/probes", LOG);

        assertThat(api.delete("/probes/order-lg").detail())
                .isEqualTo("there is no probe 'order-lg'; did you mean 'order-log'?");
        assertThat(api.get("/nothing").status()).isEqualTo(404);
    }

    @Test
    void switches_reachTheAgent_andNamesAreChecked() {
        api.post("/probes", LOG);

        assertThat(api.post("/switch", "{\"off\": true, \"probe\": \"order-log\"}")
                        .body())
                .contains("\"probes\":[\"order-log\"]");
        Eventually.isTrue(() -> agent.off().isOff("shop-1", "order-log"));
        assertThat(api.post("/switch", "{\"off\": true, \"instance\": \"shop\"}")
                        .body())
                .contains("\"instances\":[\"shop-1\"]");
        api.post("/switch", "{\"off\": false, \"instance\": \"shop-1\"}");
        assertThat(api.post("/switch", "{\"off\": true, \"instance\": \"nobody\"}")
                        .detail())
                .contains("no instance 'nobody' is running");
        assertThat(api.post("/switch", "{}").detail()).contains("needs 'off'");

        api.delete("/probes/order-log");
        assertThat(api.get("/switch").body()).contains("\"probes\":[]");
    }

    @Test
    void lines_areAskedFromTheInstance() {
        assertThat(api.get("/lines?type=shop.OrderService&service=shop").body())
                .contains("\"line\":42", "order: shop.Order");
        assertThat(api.get("/lines?type=shop.Nothing").detail()).contains("no class shop.Nothing is loaded");
        assertThat(api.get("/lines?type=X&service=shp").detail()).contains("did you mean 'shop'?");
        assertThat(api.get("/lines").status()).isEqualTo(400);
    }

    @Test
    void linesCheck_saysWhetherAnInstanceHasCodeThere() {
        assertThat(api.get("/lines/check?at=shop.OrderService:42").body()).contains("\"having\":1", "\"problem\":\"\"");
        assertThat(api.get("/lines/check?at=shop.OrderService:43&on=service=shop")
                        .body())
                .contains("\"having\":0", "no code at line 43 of shop.OrderService; nearest: 42 (asked: shop-1)");
        assertThat(api.get("/lines/check?at=shop.OrderService:43&on=service=none")
                        .body())
                .contains("\"asked\":0", "\"problem\":\"\"");
        assertThat(api.get("/lines/check?at=shop.Nothing:1").body()).contains("\"problem\":\"\"");
        assertThat(api.get("/lines/check?at=shop.OrderService%23place").body()).contains("\"asked\":0");
        assertThat(api.get("/lines/check?at=x&on=a").status()).isEqualTo(400);
        assertThat(api.get("/lines/check").status()).isEqualTo(400);
    }

    @Test
    void tail_showsSignalsOfTheProbe_andHowLongTheFirstTook() {
        api.post("/probes", "{id: a, at: 'shop.OrderService:42', log: x}");
        try (Stream<String> lines = api.lines("/tail?probe=a")) {
            api.post("/probes", "{id: a, at: 'shop.OrderService:42', log: y}");
            agent.send(Topics.LOGS, Otlp.logs("shop", "another", "not wanted"));
            agent.send(Topics.LOGS, Otlp.logs("shop", "a", "wanted", "second"));

            List<String> shown = lines.filter(line -> !line.isEmpty()).limit(2).toList();

            assertThat(shown.get(0)).contains("\"body\":\"wanted\"", "\"millisSinceSet\":", "\"service\":\"shop\"");
            assertThat(shown.get(1)).contains("\"body\":\"second\"").doesNotContain("millisSinceSet");
        }
    }

    @Test
    void tail_toWhoAcceptsThem_isServerSentEvents() {
        try (Stream<String> lines =
                api.lines(api.request("/tail?probe=a&early=true").header("Accept", "text/event-stream"))) {
            agent.send(Topics.LOGS, Otlp.logs("shop", "a", "two\nlines", "second"));

            List<String> shown =
                    lines.dropWhile(line -> !line.startsWith("event")).limit(7).toList();

            // the uid is the body here, and one with a line end is no id
            assertThat(shown.get(0)).isEqualTo("event: signal");
            assertThat(shown.get(1)).startsWith("data: {\"kind\":\"log\"").contains("two\\nlines");
            assertThat(shown.subList(2, 5)).containsExactly("", "event: signal", "id: second");
            assertThat(shown.get(5)).startsWith("data: ");
            assertThat(shown.get(6)).isEmpty();
        }
    }

    @Test
    void change_ofAnotherVersionThanExpected_isRefused() {
        api.post("/probes", LOG);
        HttpResponse<String> seen = api.exchange(api.request("/probes/order-log"));
        String tag = seen.headers().firstValue("ETag").orElseThrow();
        String other = LOG.replace("order {", "ORDER {");
        assertThat(tag).matches("\"\\d+\"");

        assertThat(matching("\"0\"", other)).isEqualTo(412);
        assertThat(matching("W/" + tag, other)).isEqualTo(412);
        assertThat(matching("three", other)).isEqualTo(400);
        assertThat(matching(tag, "[" + other.lines().findFirst() + "]")).isNotEqualTo(200);
        assertThat(api.get("/probes/order-log").body()).contains("order {");
        assertThat(matching("\"0\", " + tag, other)).isEqualTo(200);
        assertThat(matching(tag, LOG)).isEqualTo(412);
        assertThat(matching("*", LOG)).isEqualTo(200);
        assertThat(api.send(api.request("/probes")
                                .header("If-None-Match", "*")
                                .POST(HttpRequest.BodyPublishers.ofString(LOG)))
                        .status())
                .isEqualTo(412);
        assertThat(api.send(api.request("/probes/order-log")
                                .header("If-Match", tag)
                                .DELETE())
                        .status())
                .isEqualTo(412);
        assertThat(api.post("/probes?expect=a:0&expect=b:1", "[{id: a, at: 'A:1', log: x}, {id: b, at: 'A:1', log: x}]")
                        .status())
                .isEqualTo(412);
        assertThat(api.get("/probes/a").status()).isEqualTo(404);
    }

    private static int matching(String tag, String body) {
        return api.send(api.request("/probes").header("If-Match", tag).POST(HttpRequest.BodyPublishers.ofString(body)))
                .status();
    }

    @Test
    void restart_findsProbesAgain_andVersionsGoOn() {
        api.post("/probes", RESTARTED);
        control.close();
        assertThat(ControlFile.in(folder)).doesNotExist();

        control = startControl();
        api = new Asking(control.address());

        assertThat(api.post("/probes", RESTARTED).body()).contains("\"change\":\"unchanged\"");
        assertThat(api.post("/probes", RESTARTED + "if: order != null\n").body())
                .contains("\"version\":2");
    }

    @Test
    void strangers_areNotLetIn() throws Exception {
        URI url = URI.create(control.address().url());
        String auth = "Authorization: Bearer " + control.address().token() + "\r\n";
        String host = "Host: 127.0.0.1:" + url.getPort() + "\r\n";

        assertThat(status(url, host)).contains(" 401 ");
        assertThat(status(url, host + "Authorization: Bearer wrong\r\n")).contains(" 401 ");
        assertThat(status(url, "Host: evil.example\r\n" + auth)).contains(" 403 ");
        assertThat(status(url, "Host: 127.0.0.1.evil.example\r\n" + auth)).contains(" 403 ");
        assertThat(status(url, "Host: 10.1.2.3\r\n" + auth)).contains(" 403 ");
        assertThat(status(url, host + auth + "Origin: http://127.0.0.1\r\n")).contains(" 403 ");
        assertThat(status(url, host + auth)).contains(" 200 ");
    }

    @Test
    void ownNames_areLetIn_withAndWithoutTls() throws Exception {
        ControlSettings settings = ControlSettings.of(
                Map.of("control.host", "0.0.0.0", "control.names", "plumb.example.com", "control.console.url", ""));
        try (ControlPlane other = ControlPlane.start(elsewhere, 0, kafka(), List::of, () -> "", settings)) {
            URI url = URI.create(other.address().url());
            String auth = "Authorization: Bearer " + other.address().token() + "\r\n";
            String host = "Host: Plumb.example.com\r\n";

            assertThat(url.getHost()).isEqualTo("127.0.0.1");
            assertThat(status(url, host + auth)).contains(" 200 ");
            assertThat(status(url, host + auth + "Origin: https://Plumb.example.com\r\n"))
                    .contains(" 200 ");
            assertThat(status(url, host + auth + "Origin: https://evil.example\r\n"))
                    .contains(" 403 ");
            assertThat(status(url, host)).contains(" 401 ");
            assertThat(status(url, "Host: 10.1.2.3:7077\r\n" + auth)).contains(" 200 ");
            assertThat(status(url, "Host: 10.1.2.3.example\r\n" + auth)).contains(" 403 ");
            assertThat(status(url, "Host: evil.plumb.example.com\r\n" + auth)).contains(" 403 ");
        }
    }

    @Test
    void largeBody_isRefused() {
        Answer answer = api.post("/probes", "#" + "x".repeat((int) Body.MAX_BYTES));

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void controlFile_isForItsUserOnly() throws IOException {
        Path file = ControlFile.in(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(ControlFile.read(folder)).contains(control.address());
        assertThat(control.address().toString())
                .doesNotContain(control.address().token());
    }

    /** By hand, for the JDK's client does not let one lie about the Host. */
    private static String status(URI url, String headers) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort())) {
            socket.getOutputStream()
                    .write(("GET /api/v1/probes HTTP/1.1\r\n" + headers + "Connection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }

    private static ControlPlane startControl() {
        return ControlPlane.start(folder, 0, kafka(), List::of);
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }
}
