package io.plumbline.pipeline.control;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.signing.Seal;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.Asking.Answer;
import io.plumbline.pipeline.control.access.AccessRole;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.access.Token;
import io.plumbline.pipeline.control.http.Body;
import io.plumbline.pipeline.control.records.SigningKey;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.FakeAgent;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an attacker would try on the API, one try a test, over real HTTP and a real broker. */
class AttackersTest {
    private static final String PROBE = "{id: p, at: 'X:1', log: x, on: {service: shop, environment: staging}}";

    @TempDir
    private static Path folder;

    private static Map<String, Object> kafka;
    private static EmbeddedBroker broker;
    private static FakeAgent agent;
    private static ControlPlane control;
    private static Asking admin;
    private static int tokens;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder.resolve("kafka"), 0);
        kafka = Map.of("bootstrap.servers", broker.address());
        PipelineTopics.ensure(kafka);
        control = ControlPlane.start(folder, 0, kafka, List::of);
        admin = new Asking(control.address());
        agent = FakeAgent.start(broker.address(), "shop");
        Eventually.get(() -> admin.get("/instances").body(), body -> body.contains("shop-1"));
    }

    @AfterAll
    static void stop() {
        agent.close();
        control.close();
        broker.close();
    }

    /** Somebody with a new token. */
    private static Asking with(String role, String more) {
        Answer made = admin.post("/tokens", "{\"name\":\"t" + ++tokens + "\",\"role\":\"" + role + "\"" + more + "}");
        assertThat(made.status()).as(made.body()).isEqualTo(200);
        return new Asking(control.address(), made.text("token"));
    }

    private static Asking shopProber() {
        return with("prober", ",\"services\":[\"shop\"],\"environments\":[\"staging\",\"test*\"]");
    }

    /** Waits for an entry of the audit that has all of these. */
    private static void assertAudited(String... parts) {
        Eventually.get(
                () -> admin.get("/audit?since=1h").body(),
                body -> body.lines()
                        .anyMatch(line ->
                                Stream.of(parts).allMatch(line::contains) && line.endsWith("\"signed\":true}")));
    }

    private static void assertRefused(Answer answer, int status, String... words) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(answer.detail()).contains(words);
    }

    @Test
    void noToken() {
        assertRefused(new Asking(control.address(), "").get("/probes"), 401, "Authorization: Bearer TOKEN");
        assertRefused(new Asking(control.address(), "guess").get("/probes"), 401, "there is no such token");
        assertAudited(
                "\"who\":\"\"",
                "\"from\":\"127.0.0.1\"",
                "GET /api/v1/probes",
                "\"outcome\":\"refused\"",
                "there is no such token");
    }

    @Test
    void hashOfAToken_isNoToken() {
        String secret = control.address().token();

        assertRefused(new Asking(control.address(), Token.hash(secret)).get("/probes"), 401, "no such token");
    }

    @Test
    void expiredToken() {
        Asking shortly = with("viewer", ",\"for\":\"1s\"");

        Answer refused = Eventually.get(() -> shortly.get("/probes"), answer -> answer.status() != 200);
        assertRefused(refused, 401, "the token 't" + tokens + "' expired at");
        assertAudited("\"outcome\":\"refused\"", "the token 't" + tokens + "' expired at");
    }

    @Test
    void revokedToken_alsoAtTheNextControlPlane() {
        Asking viewer = with("viewer", "");
        assertThat(viewer.get("/probes").status()).isEqualTo(200);

        admin.delete("/tokens/t" + tokens);

        assertRefused(viewer.get("/probes"), 401, "was revoked");
        assertAudited("\"who\":\"start\"", "token.revoke", "\"name\":\"t" + tokens + "\"", "\"outcome\":\"done\"");
        assertAudited("\"outcome\":\"refused\"", "the token 't" + tokens + "' was revoked");
        try (ControlPlane second = ControlPlane.start(
                folder.resolve("kafka"),
                0,
                kafka,
                List::of,
                () -> "",
                ControlSettings.of(
                        Map.of("control.signing-key", SigningKey.file(folder).toString())))) {
            assertRefused(new Asking(second.address(), viewer.token()).get("/probes"), 401, "was revoked");
        }
    }

    @Test
    void token_isKeptNowhereButItsHash() {
        Asking viewer = with("viewer", "");

        assertThat(admin.get("/tokens").body()).contains("\"t" + tokens + "\"").doesNotContain(viewer.token(), "hash");
        assertThat(viewer.get("/whoami").body()).contains("\"role\":\"viewer\"");
    }

    @Test
    void tokenWrittenStraightToKafka_opensNothing() throws Exception {
        Instant now = Instant.now();
        Token forged = new Token(
                "forged", Token.hash("s"), AccessRole.ADMIN, Bounds.ALL, now, now.plus(Duration.ofDays(1)), "x", false);
        try (KafkaProducer<String, String> attacker =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            ProducerRecord<String, String> sent = new ProducerRecord<>(Topics.TOKENS, "forged", forged.json());
            new Seal(1, SigningKey.read(SigningKey.file(folder)).id(), "AAAA")
                    .headers()
                    .forEach((name, text) -> sent.headers().add(name, text.getBytes(UTF_8)));
            attacker.send(sent).get(20, TimeUnit.SECONDS);
            attacker.send(new ProducerRecord<>(Topics.TOKENS, "unsigned", forged.json()))
                    .get(20, TimeUnit.SECONDS);
        }
        with("viewer", ""); // when this one has been read, those have been

        assertRefused(new Asking(control.address(), "s").get("/probes"), 401, "no such token");
        assertThat(admin.get("/tokens").body()).doesNotContain("forged", "unsigned");
        assertAudited("\"from\":\"Kafka\"", "write plumbline_tokens", "\"key\":\"forged\"", "a record that is forged");
        assertAudited("\"from\":\"Kafka\"", "\"key\":\"unsigned\"", "a record that is unsigned");
    }

    @Test
    void wrongRole() {
        Asking viewer = with("viewer", "");
        Asking approver = with("approver", "");
        Asking prober = with("prober", "");
        String name = "t" + tokens;

        assertThat(viewer.get("/probes").status()).isEqualTo(200);
        assertRefused(viewer.post("/probes", PROBE), 403, "needs the role prober", "has viewer");
        assertRefused(viewer.delete("/probes/p"), 403, "needs the role prober");
        assertRefused(viewer.post("/switch", "{\"off\":true}"), 403, "needs the role prober");
        assertRefused(approver.post("/probes", PROBE), 403, "needs the role prober", "has approver");
        assertRefused(prober.post("/tokens", "{\"name\":\"x\",\"role\":\"admin\"}"), 403, "needs the role admin");
        assertRefused(prober.get("/tokens"), 403, "needs the role admin");
        assertRefused(prober.delete("/tokens/t1"), 403, "needs the role admin");
        assertRefused(prober.post("/deadletters/replay", "{}"), 403, "needs the role admin");
        assertThat(admin.get("/probes").body()).doesNotContain("\"id\":\"p\"");
        assertRefused(prober.get("/audit"), 403, "needs the role admin");
        assertAudited("\"who\":\"" + name + "\"", "\"role\":\"prober\"", "POST /api/v1/tokens", "needs the role admin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{service: shop}",
                "{environment: staging}",
                "{service: pay, environment: staging}",
                "{service: shop, environment: production}",
                "{service: 'sho*', environment: staging}",
                "{service: '*', environment: staging}",
                "{service: shop, environment: 't*'}",
                "{instance: shop-1}"
            })
    void targetsThatReachOutsideTheBounds(String on) {
        Asking prober = shopProber();

        Answer answer = prober.post("/probes", "{id: wide, at: 'X:1', log: x, on: " + on + "}");

        assertRefused(
                answer,
                403,
                "'wide' could reach instances outside the bounds",
                "service shop, environment staging or test*",
                "add on: {service: 'shop', environment: 'staging'}");
        assertThat(admin.get("/probes/wide").status()).isEqualTo(404);
        assertAudited("\"who\":\"t" + tokens + "\"", "POST /api/v1/probes", "'wide' could reach instances outside");
    }

    @Test
    void boundedProber_setsWithin_andTouchesNothingElse() {
        Asking prober = shopProber();
        admin.post("/probes", "{id: theirs, at: 'X:1', log: x, on: {service: pay}}");

        assertThat(prober.post("/probes", PROBE).status()).isEqualTo(200);
        assertThat(prober.post("/probes", PROBE.replace("staging", "'test-*'")).status())
                .isEqualTo(200);
        assertRefused(prober.post("/probes", PROBE.replace("id: p", "id: theirs")), 403, "'theirs' could reach");
        assertRefused(prober.delete("/probes/theirs"), 403, "'theirs' could reach");
        assertRefused(prober.post("/switch", "{\"off\":true,\"probe\":\"theirs\"}"), 403, "'theirs' could reach");
        assertRefused(prober.post("/switch", "{\"off\":true}"), 403, "needs a token without bounds");
        assertRefused(prober.post("/switch", "{\"off\":true,\"instance\":\"shop-1\"}"), 404, "no instance 'shop-1'");
        assertThat(prober.delete("/probes/p").status()).isEqualTo(200);
        assertAudited("\"who\":\"t" + tokens + "\"", "probe.set", "\"probe\":\"p\",\"version\":\"", "service=shop");
        assertAudited("\"who\":\"t" + tokens + "\"", "probe.remove", "\"probe\":\"p\"", "\"outcome\":\"done\"");
        assertThat(admin.delete("/probes/theirs").status()).isEqualTo(200);
    }

    @Test
    void boundedViewer_seesNothingOfOthers() throws Exception {
        Asking pay = with("viewer", ",\"services\":[\"pay\"]");
        Asking shop = with("viewer", ",\"services\":[\"sh*\"]");
        admin.post("/probes", "{id: theirs, at: 'shop.OrderService:42', log: x, on: {service: shop}}");
        Eventually.get(() -> shop.get("/probes?reports=true").body(), body -> body.contains("\"instance\":\"shop-1\""));

        assertThat(shop.get("/instances").body()).contains("shop-1");
        assertThat(pay.get("/instances").body()).doesNotContain("shop-1");
        assertThat(pay.get("/probes").body()).isEqualTo("{\"probes\":[]}\n");
        assertThat(pay.get("/probes/theirs").body()).doesNotContain("shop-1").contains("\"states\":{}");
        assertRefused(pay.get("/lines?type=shop.OrderService&instance=shop-1"), 404, "no instance 'shop-1'");
        assertThat(pay.get("/lines/check?at=shop.OrderService:43").body()).contains("\"asked\":0");
        assertRefused(pay.get("/deadletters"), 403, "needs a token without bounds");
        assertRefused(pay.get("/deadletters/0-0"), 403, "needs a token without bounds");
        try (Stream<String> theirs = shop.lines("/tail");
                Stream<String> mine = pay.lines("/tail")) {
            agent.send(Topics.LOGS, Otlp.logs("shop", "theirs", "secret"));
            agent.send(Topics.LOGS, Otlp.logs("pay", "theirs", "mine"));
            assertThat(firstSignal(theirs)).contains("secret");
            assertThat(firstSignal(mine)).contains("mine");
        }
        admin.delete("/probes/theirs");
    }

    private static String firstSignal(Stream<String> lines) {
        return lines.filter(line -> !line.isEmpty()).findFirst().orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\":\"a\\r\\nX-Evil: 1\",\"role\":\"viewer\"}",
                "{\"name\":\"../../etc\",\"role\":\"viewer\"}",
                "{\"name\":\"ok\",\"role\":\"root\"}",
                "{\"name\":\"ok\",\"role\":\"admin\",\"services\":[\"shop\"]}",
                "{\"name\":\"ok\",\"role\":\"viewer\",\"services\":[\"a\\nb\"]}",
                "{\"name\":\"ok\",\"role\":\"viewer\",\"for\":\"400d\"}",
                "{\"name\":\"start\",\"role\":\"viewer\"}",
            })
    void badTokenRequests(String request) {
        Answer answer = admin.post("/tokens", request);

        assertThat(answer.status()).isBetween(400, 422);
        assertThat(admin.get("/tokens").body()).doesNotContain("\"ok\"", "evil", "etc");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/probes/../../../control.json",
                "/api/v1/probes/..%2f..%2fsigning.key",
                "/api/v1/%2e%2e/%2e%2e/signing.key",
                "/console/../signing.key",
                "/console/..%5c..%5csigning.key",
                "//control.json"
            })
    void pathTraversal(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\n" + host() + bearer());

        assertThat(answer)
                .startsWith("HTTP/1.1 404 ")
                .doesNotContain("PRIVATE KEY", control.address().token());
        if (path.contains("..")) {
            assertAudited("GET " + path, "\"outcome\":\"refused\"", "\"status\":\"404\"");
        }
    }

    @Test
    void oversizedBody_declaredOrInPieces() throws IOException {
        assertRefused(admin.post("/probes", "#" + "x".repeat((int) Body.MAX_BYTES)), 413, "larger than");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(10_000);
            String head = "POST /api/v1/probes HTTP/1.1\r\n" + host() + bearer() + "Transfer-Encoding: chunked\r\n\r\n";
            String pieces = piece(1 << 16).repeat((int) Body.MAX_BYTES >> 16);
            socket.getOutputStream().write((head + pieces + piece(1)).getBytes(US_ASCII));
            assertThat(read(socket)).startsWith("HTTP/1.1 413 ").contains("larger than");
            assertAudited("\"who\":\"start\"", "POST /api/v1/probes", "\"status\":\"413\"");
        }
    }

    private static String piece(int bytes) {
        return Integer.toHexString(bytes) + "\r\n" + "x".repeat(bytes) + "\r\n";
    }

    @Test
    void slowBody_givesTheThreadBack() throws Exception {
        List<Socket> slow = new ArrayList<>();
        String bearer = "Authorization: Bearer " + with("prober", "").token() + "\r\n";
        try {
            for (int i = 0; i < Api.WORKERS - 1; i++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port());
                slow.add(socket);
                socket.getOutputStream()
                        .write(("POST /api/v1/probes HTTP/1.1\r\n" + host() + bearer + "Content-Length: 1000\r\n\r\n")
                                .getBytes(US_ASCII));
            }
            long startNanos = System.nanoTime();
            OutputStream dripping = slow.get(0).getOutputStream();
            slow.get(0).setSoTimeout(1_000);
            String answer = "";
            while (answer.isEmpty()
                    && System.nanoTime() - startNanos
                            < Body.PATIENCE.multipliedBy(2).toNanos()) {
                dripping.write('#');
                assertThat(admin.get("/whoami").status()).isEqualTo(200);
                answer = read(slow.get(0));
            }
            assertThat(answer).startsWith("HTTP/1.1 408 ").contains("was not there within 10 s");
            assertAudited("\"who\":\"t" + tokens + "\"", "POST /api/v1/probes", "\"status\":\"408\"");
        } finally {
            for (Socket each : slow) {
                each.close();
            }
        }
    }

    /** What is there within the socket's time. */
    private static String read(Socket socket) throws IOException {
        byte[] bytes = new byte[4096];
        try {
            int read = socket.getInputStream().read(bytes);
            return read < 0 ? "" : new String(bytes, 0, read, UTF_8);
        } catch (SocketTimeoutException e) {
            return "";
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/probes/a%0d%0aX-Evil:%201",
                "/api/v1/lines?type=a%0d%0aX-Evil:%201",
                "/api/v1/probes/a%0aSet-Cookie:%20a=b"
            })
    void headerInjection(String path) throws IOException {
        String answer = raw("GET " + path + " HTTP/1.1\r\n" + host() + bearer());
        String head = answer.substring(0, answer.indexOf("\r\n\r\n"));

        assertThat(answer).startsWith("HTTP/1.1 404 ");
        assertThat(head).doesNotContain("Evil", "Set-Cookie");
        assertThat(answer.substring(head.length() + 4)).doesNotContain("\r").endsWith("\n");
    }

    @Test
    void crossSite() throws IOException {
        String post = "POST /api/v1/switch HTTP/1.1\r\n" + bearer() + "Content-Length: 12\r\n";

        assertThat(raw(post + host() + "Origin: https://evil.example\r\n", "{\"off\":true}"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(raw(post + host() + "Origin: null\r\n", "{\"off\":true}")).startsWith("HTTP/1.1 403 ");
        assertThat(raw(post + "Host: evil.example:" + port() + "\r\n", "{\"off\":true}"))
                .startsWith("HTTP/1.1 403 ");
        assertThat(admin.get("/switch").body()).contains("\"fleet\":false");
        assertAudited("POST /api/v1/switch", "\"status\":\"403\"", "requests from web pages (with an Origin header)");
    }

    @Test
    void twoTokensInOneRequest_areNone() throws IOException {
        assertThat(raw("GET /api/v1/probes HTTP/1.1\r\n" + host() + bearer() + bearer()))
                .startsWith("HTTP/1.1 401 ");
        assertThat(raw("GET /api/v1/probes?token=" + control.address().token() + " HTTP/1.1\r\n" + host()))
                .startsWith("HTTP/1.1 401 ");
    }

    private static int port() {
        return URI.create(control.address().url()).getPort();
    }

    private static String host() {
        return "Host: 127.0.0.1:" + port() + "\r\n";
    }

    private static String bearer() {
        return "Authorization: Bearer " + control.address().token() + "\r\n";
    }

    private static String raw(String head) throws IOException {
        return raw(head, "");
    }

    /** By hand, for no client lets one send such things. */
    private static String raw(String head, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            try {
                socket.getOutputStream().write((head + "Connection: close\r\n\r\n" + body).getBytes(US_ASCII));
            } catch (IOException e) {
                // the server may have seen enough
            }
            return new String(socket.getInputStream().readAllBytes(), UTF_8);
        }
    }
}
