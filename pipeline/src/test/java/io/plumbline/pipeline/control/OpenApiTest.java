package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.config.probe.ProbeSchema;
import io.plumbline.config.wire.ExportingProcess;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.Outcome.Rejection;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.Asking.Answer;
import io.plumbline.pipeline.stream.ExporterHost;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.FakeAgent;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.support.RecordingExporter;
import io.plumbline.pipeline.support.TakingServer;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds the served description against the routes and against real answers, of a control plane over a real broker with a played agent and
 * a real exporter host.
 */
final class OpenApiTest {
    private static final String ROOT = "/api/v1";
    private static final ExportingProcess HERE = new ExportingProcess("p", "here", 1, Instant.EPOCH);
    private static final String LOG =
            "{\"id\": \"order-log\", \"at\": \"shop.OrderService:42\", \"log\": \"order {order.id}\"}";

    private static final String ALL_KINDS = """
            - {id: everything, at: 'shop.OrderService:42', if: total > 1, count: shop.orders, snapshot: {depth: 2, watch: {t: total}},
               log: {template: x, level: warn, beside: {logger: shop}}, on: {service: shop}, to: [backend], for: never,
               histogram: {name: order.total, value: total, unit: EUR, labels: {tier: customer.tier}, buckets: [1, 2.5]},
               gauge: {name: g, value: total}, limits: {per-second: 5, hits: 9, cpu: 0.5%, over-budget: disable}}
            - {id: together, at: 'shop.OrderService:42', log: x, limits: {fleet-hits: 7}}
            - {id: thrown, at: 'shop.OrderService#place:exception', exception: {variables: false}}
            - {id: way, span: {points: {A: 'shop.OrderService:42', B: {at: 'shop.OrderService:43', attributes: {o: order.id}}}}}
            - {id: careful, at: 'shop.OrderService:42', log: x, rollout: {first: 1, then: 50%, wait: 10m}}
            """;

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static TakingServer jira;
    private static ExporterHost host;
    private static ControlPlane control;
    private static FakeAgent agent;
    private static Asking api;
    private static OpenApi described;
    /** Which operations were answered well. */
    private static final Set<String> SEEN = new TreeSet<>();

    @BeforeAll
    static void start() throws IOException {
        broker = EmbeddedBroker.start(folder, 0);
        jira = new TakingServer("{\"id\": \"1\", \"key\": \"SHOP-1\"}");
        PipelineTopics.ensure(kafka());
        RecordingExporter refusing = new RecordingExporter();
        for (int i = 0; i < 100; i++) {
            refusing.answeringBy(batch -> Outcome.of(List.of(Rejection.last(0, "no such mapping"))));
        }
        host = ExporterHost.start(
                kafka(),
                List.of(new Hosted(RecordingExporter.factory("backend", 100, refusing), refusing)),
                PipelineTopics.DEAD_LETTERS,
                new SimpleMeterRegistry());
        control = ControlPlane.start(
                folder,
                0,
                kafka(),
                () -> host.health().stream().map(each -> each.report(HERE, 0)).toList(),
                () -> "",
                ControlSettings.of(Map.of(
                        "control.approval.keys", "class=shop.Keys",
                        "control.source.folders", sources(),
                        "control.share.jira.url", jira.url(),
                        "control.share.jira.project", "SHOP",
                        "control.share.jira.token", "secret-token")));
        api = new Asking(control.address());
        agent = FakeAgent.start(broker.address(), "shop");
        described = new OpenApi(api.get("/openapi.json").body());
        Eventually.get(() -> api.get("/instances").body(), body -> body.contains("shop-1"));
    }

    private static String sources() throws IOException {
        Path shop = Files.createDirectories(folder.resolve("sources/src/main/java/shop"));
        Files.writeString(shop.resolve("OrderService.java"), "package shop;\nclass OrderService {}\n");
        return folder.resolve("sources").toString();
    }

    @AfterAll
    static void stop() {
        agent.close();
        control.close();
        jira.close();
        host.close();
        broker.close();
    }

    @Test
    void everyRoute_isDescribed_andNothingElse() {
        assertThat(described.operations()).isEqualTo(new TreeSet<>(control.routes()));
    }

    /** In YAML a comma too many makes a key without a value out of half a sentence. */
    @Test
    void nothingInTheDescription_isEmpty() {
        assertThat(api.get("/openapi.json").body())
                .doesNotContainPattern(":null|\"(description|summary)\":[^\"{]|\"name\":\"?(true|false)")
                .contains("\"openapi\":\"3.1.0\"");
    }

    @Test
    void everyOperation_answersAsDescribed() {
        probes();
        tagged();
        approvals();
        leases();
        fleet();
        code();
        signals();
        access();
        spans();
        snapshots();
        about();

        assertThat(SEEN).as("described, and answered well in this test").isEqualTo(described.operations());
    }

    private static void probes() {
        ask("POST", "/probes", "/probes?dryRun=true", ALL_KINDS, 200);
        ask("POST", "/probes", "/probes?expect=order-log:0", LOG, 200);
        ask("POST", "/probes", "/probes", ALL_KINDS, 200);
        Eventually.get(() -> api.get("/probes/everything").body(), body -> body.contains("installed"));
        String all = ask("GET", "/probes", "/probes?reports=true", null, 200).body();
        assertThat(all).contains("\"rollout\":{\"step\"", "\"sites\":[{", "\"weaves\":1");
        ask("GET", "/probes/{id}", "/probes/order-log", null, 200);
        ask("DELETE", "/probes/{id}", "/probes/order-log", null, 200);

        ask("GET", "/probes/{id}", "/probes/order-log", null, 404);
        ask("POST", "/probes", "/probes?dryRun=maybe", LOG, 400);
        ask("POST", "/probes", "/probes?expect=other:1", LOG, 400);
        ask("POST", "/probes", "/probes", "{id: b, at: 'B:1', gauge: {name: shop.orders, value: n}}", 409);
        ask("POST", "/probes", "/probes?expect=order-log:7", LOG, 412);
        ask("POST", "/probes", "/probes", "#" + "x".repeat(1 << 20), 413);
        ask("POST", "/probes", "/probes", "{id: b, lgo: x}", 422);
    }

    private static void tagged() {
        String tagged = "{id: tagged, at: 'shop.OrderService:42', log: x, tags: [checkout], enabled: false}";
        ask("POST", "/probes", "/probes?set=shop", tagged, 200);
        assertThat(ask("GET", "/probes", "/probes?tag=checkout&reports=true", null, 200)
                        .body())
                .contains("\"tags\":[\"checkout\"]", "\"reports\":");
        String tried = ask("POST", "/probes", "/probes?dryRun=true&ask=true&set=shop&prune=true", LOG, 200)
                .body();
        assertThat(tried).contains("\"change\":\"removed\"", "\"trial\":{\"meant\":1");
        ask("POST", "/probes", "/probes?prune=true", LOG, 400);
        ask("POST", "/probes", "/probes?set=%F0%9F%98%80", LOG, 400);
        ask("POST", "/switch", "/switch", "{\"off\": true, \"tag\": \"checkout\"}", 200);
        ask("DELETE", "/probes", "/probes?tag=checkout", null, 200);
        ask("DELETE", "/probes", "/probes?tag=checkout", null, 404);
        ask("DELETE", "/probes", "/probes", null, 400);
    }

    private static void approvals() {
        String first = request("{id: asked, at: 'shop.Keys:1', log: x}");
        ask("GET", "/probes", "/probes", null, 200);
        ask("GET", "/approvals", "/approvals?all=true", null, 200);
        ask("GET", "/approvals", "/approvals?all=perhaps", null, 400);
        ask("GET", "/approvals/{id}", "/approvals/" + first, null, 200);
        ask("GET", "/approvals/{id}", "/approvals/nothing", null, 404);
        ask("POST", "/approvals/{id}/approve", "/approvals/" + first + "/approve", "", 403);
        ask("POST", "/approvals/{id}/approve", "/approvals/%2B%3F/approve", "", 404);
        ask("POST", "/approvals/{id}/refuse", "/approvals/" + first + "/refuse", "{\"why\": \"not now\"}", 200);
        ask("POST", "/approvals/{id}/refuse", "/approvals/" + first + "/refuse", "{\"why\": \"again\"}", 409);
        String second = request("{id: asked, at: 'shop.Keys:2', log: x}");
        Asking own = api;
        api = as("approver", "eve");
        ask("POST", "/approvals/{id}/approve", "/approvals/" + second + "/approve", "", 200);
        api = own;
        ask("GET", "/probes/{id}", "/probes/asked", null, 200);
    }

    /** Asks for approval, and the id of what waits. */
    private static String request(String probe) {
        String waiting = ask("POST", "/probes", "/probes", probe, 200).body();
        return OpenApi.read(waiting).at("/probes/0/approval/id").asText();
    }

    private static Asking as(String role, String name) {
        Answer made = api.post("/tokens", "{\"name\": \"" + name + "\", \"role\": \"" + role + "\"}");
        return new Asking(control.address(), made.text("token"));
    }

    private static void leases() {
        Asking own = api;
        api = as("assistant", "bot");
        String lease =
                ask("POST", "/leases", "/leases", "{\"for\": \"1m\"}", 200).text("id");
        ask("POST", "/leases", "/leases", "{\"for\": \"1y\"}", 400);
        String probe = "{id: leased, at: 'shop.OrderService:42', log: x, limits: {hits: 5}, for: 10m, to: assistants}";
        ask("POST", "/probes", "/probes", probe, 403);
        ask("POST", "/probes", "/probes?lease=nothing", probe, 404);
        ask("POST", "/probes", "/probes?lease=" + lease, probe, 200);
        ask("GET", "/leases", "/leases", null, 200);
        ask("POST", "/leases/{id}", "/leases/" + lease, "", 200);
        ask("GET", "/probes/{id}/signals", "/probes/leased/signals?limit=3", null, 200);
        ask("DELETE", "/leases/{id}", "/leases/" + lease, null, 200);
        ask("DELETE", "/leases/{id}", "/leases/nothing", null, 404);
        api = own;
    }

    private static void fleet() {
        ask("GET", "/instances", "/instances", null, 200);
        ask("GET", "/lines", "/lines?type=shop.OrderService", null, 200);
        ask("GET", "/lines", "/lines", null, 400);
        ask("GET", "/lines", "/lines?type=shop.Nothing", null, 404);
        ask("GET", "/lines/check", "/lines/check?at=shop.OrderService:43&on=service=shop", null, 200);
        ask("GET", "/lines/check", "/lines/check?at=shop.OrderService:x", null, 400);
        ask("GET", "/switch", "/switch", null, 200);
        ask("POST", "/switch", "/switch", "{\"off\": true, \"probe\": \"everything\"}", 200);
        ask("POST", "/switch", "/switch", "{\"off\": true, \"instance\": \"nobody\"}", 404);
        ask("POST", "/switch", "/switch", "{\"of\": true}", 422);
    }

    private static void code() {
        ask("GET", "/classes", "/classes?q=OrSe&limit=5&service=shop", null, 200);
        ask("GET", "/classes", "/classes?limit=0", null, 400);
        ask("GET", "/classes", "/classes?service=nobody", null, 404);
        ask("GET", "/scope", "/scope?at=shop.OrderService:42", null, 200);
        ask("GET", "/scope", "/scope?at=shop.OrderService:42&path=order&instance=shop-1", null, 200);
        assertThat(ask("GET", "/scope", "/scope?at=shop.OrderService:42&path=nothing", null, 400)
                        .body())
                .contains("\"column\":1");
        ask("GET", "/scope", "/scope", null, 400);
        ask("GET", "/scope", "/scope?at=x", null, 400);
        ask("GET", "/scope", "/scope?at=shop.Nothing:1", null, 404);
        String source = ask("GET", "/source", "/source?class=shop.OrderService$Line&service=shop", null, 200)
                .body();
        assertThat(source)
                .contains("\"kind\":\"folder\"", "1 of 1 lines with code are beyond this source's end", "\"line\":42");
        ask("GET", "/source", "/source?class=shop.OrderServices", null, 404);
        for (String path : List.of("../shop.OrderService", "/etc/passwd", "shop%2F..%2Fshop.OrderService", "")) {
            ask("GET", "/source", "/source?class=" + path, null, 400);
        }
    }

    private static void signals() {
        try (Stream<String> lines = api.lines("/tail?probe=tailed&early=true")) {
            api.post("/probes", "{id: tailed, at: 'A:1', log: x}");
            agent.send(Topics.LOGS, Otlp.logs("shop", "tailed", "bad"));
            agent.send(Topics.METRICS, Otlp.count("shop", "tailed", "orders", 3));
            lines.filter(line -> !line.isEmpty())
                    .limit(2)
                    .forEach(line -> assertThat(described.faults("Signal", line))
                            .as(line)
                            .isEmpty());
            SEEN.add("GET " + ROOT + "/tail");
        }
        ask("GET", "/tail", "/tail?probe=nothing", null, 404);
        assertThat(ask("GET", "/probes/{id}/signals", "/probes/tailed/signals?since=1h", null, 200)
                        .body())
                .contains("\"kind\":\"log\"");
        ask("GET", "/probes/{id}/signals", "/probes/nothing/signals", null, 404);
        ask("GET", "/probes/{id}/signals", "/probes/tailed/signals?limit=0", null, 400);
        shares();
        String id = Eventually.get(
                () -> OpenApi.read(api.get("/deadletters?limit=1").body())
                        .at("/letters/0/id")
                        .asText(),
                each -> !each.isEmpty());
        ask("GET", "/exporters", "/exporters", null, 200);
        ask("GET", "/deadletters", "/deadletters", null, 200);
        ask("GET", "/deadletters", "/deadletters?limit=x", null, 400);
        ask("GET", "/deadletters/{id}", "/deadletters/" + id, null, 200);
        ask("GET", "/deadletters/{id}", "/deadletters/0-99999", null, 404);
        ask("POST", "/deadletters/replay", "/deadletters/replay", "{\"ids\": [\"" + id + "\"]}", 200);
        ask("POST", "/deadletters/replay", "/deadletters/replay", "{}", 400);
    }

    private static void shares() {
        String shared = ask(
                        "POST",
                        "/shares",
                        "/shares",
                        "{\"probe\": \"tailed\", \"hits\": [\"bad\"], \"note\": \"see\"}",
                        200)
                .text("id");
        ask("POST", "/shares", "/shares", "{\"probe\": \"tailed\"}", 400);
        ask("POST", "/shares", "/shares", "{\"probe\": \"tailed\", \"hits\": [\"nothing\"]}", 404);
        ask("POST", "/shares", "/shares", "{\"prob\": \"tailed\"}", 422);
        ask("GET", "/shares", "/shares", null, 200);
        assertThat(ask("GET", "/shares/{id}", "/shares/" + shared, null, 200).body())
                .contains("\"body\":\"bad\"", "\"definition\":{");
        ask("GET", "/shares/{id}", "/shares/nothing", null, 404);
        ask("GET", "/shares/targets", "/shares/targets", null, 200);
        ask("POST", "/shares/{id}/send", "/shares/" + shared + "/send", "{\"to\": \"jira\"}", 200);
        ask("POST", "/shares/{id}/send", "/shares/" + shared + "/send", "{\"to\": \"nobody\"}", 400);
        ask("POST", "/shares/{id}/send", "/shares/nothing/send", "{\"to\": \"jira\"}", 404);
        ask("DELETE", "/shares/{id}", "/shares/" + shared, null, 200);
        ask("DELETE", "/shares/{id}", "/shares/" + shared, null, 404);
    }

    private static void spans() {
        agent.send(
                Topics.SPANS,
                Otlp.pair(
                        Map.of("plumbline.probe.id", "way"),
                        "shop",
                        "A",
                        "B",
                        1,
                        System.currentTimeMillis() * 1_000_000,
                        5));
        Eventually.get(() -> api.get("/probes/way/latency").body(), body -> body.contains("histogram"));
        String trace = ask("GET", "/probes/{id}/latency", "/probes/way/latency?since=1h", null, 200)
                .body();
        assertThat(trace).contains("\"slowest\":[{");
        ask("GET", "/probes/{id}/latency", "/probes/everything/latency", null, 400);
        ask("GET", "/probes/{id}/latency", "/probes/nothing/latency", null, 404);
        String id = OpenApi.read(trace).at("/slowest/0/traceId").asText();
        ask("GET", "/probes/{id}/traces/{trace}", "/probes/way/traces/" + id, null, 200);
        ask("GET", "/probes/{id}/traces/{trace}", "/probes/way/traces/nothing", null, 404);
        ask("GET", "/settings/console", "/settings/console", null, 200);
    }

    private static void snapshots() {
        api.post("/probes", "{id: seen, at: 'shop.OrderService:42', snapshot: true}");
        agent.send(Topics.LOGS, Otlp.snapshot("shop", "seen", "s1", 1, "GOLD", "at A.b(A.java:1)"));
        agent.send(Topics.LOGS, Otlp.snapshot("shop", "seen", "s2", 2, null, "at A.b(A.java:1)"));
        Eventually.get(() -> api.get("/probes/seen/groups").body(), body -> body.contains("\"snapshots\":2"));
        ask("GET", "/probes/{id}/groups", "/probes/seen/groups?since=1h", null, 200);
        ask("GET", "/probes/{id}/groups", "/probes/nothing/groups", null, 404);
        assertThat(ask("GET", "/probes/{id}/compare", "/probes/seen/compare?a=s1&b=s2", null, 200)
                        .body())
                .contains("\"differences\":[{");
        assertThat(ask("GET", "/probes/{id}/compare", "/probes/seen/compare?left=s1&right=s2", null, 200)
                        .body())
                .contains("\"paths\":[{");
        ask("GET", "/probes/{id}/compare", "/probes/seen/compare?a=s1", null, 400);
        ask("GET", "/probes/{id}/compare", "/probes/seen/compare?a=s1&b=s3", null, 404);
    }

    private static void access() {
        ask("GET", "/whoami", "/whoami", null, 200);
        Answer made = ask(
                "POST",
                "/tokens",
                "/tokens",
                "{\"name\": \"ann\", \"role\": \"viewer\", \"services\": [\"shop\"]}",
                200);
        ask("POST", "/tokens", "/tokens", "{\"name\": \"ann\", \"role\": \"viewer\"}", 409);
        ask("POST", "/tokens", "/tokens", "{\"name\": \"bob\", \"role\": \"king\"}", 400);
        ask("GET", "/tokens", "/tokens", null, 200);
        Asking own = api;
        api = new Asking(control.address(), made.text("token"));
        ask("POST", "/probes", "/probes", LOG, 403);
        ask("GET", "/deadletters", "/deadletters", null, 403);
        ask("GET", "/source", "/source?class=shop.OrderService", null, 403);
        api = own;
        ask("DELETE", "/tokens/{id}", "/tokens/ann", null, 200);
        ask("DELETE", "/tokens/{id}", "/tokens/nobody", null, 404);
        Answer audit = api.get("/audit?since=1h");
        assertThat(audit.body().lines().count()).isGreaterThan(5);
        audit.body()
                .lines()
                .forEach(line -> assertThat(described.faults("AuditEntry", line))
                        .as(line)
                        .isEmpty());
        SEEN.add("GET " + ROOT + "/audit");
        ask("GET", "/audit", "/audit?since=x", null, 400);
    }

    private static void about() {
        api = new Asking(control.address(), "");
        ask("GET", "/openapi.json", "/openapi.json", null, 200);
        ask("GET", "/whoami", "/whoami", null, 401);
        ask("GET", "/login", "/login", null, 200);
        String once = control.loginLink().replaceFirst(".*#login=", "");
        ask("POST", "/login", "/login", "{\"once\": \"" + once + "\"}", 200);
        ask("POST", "/login", "/login", "{\"once\": \"" + once + "\"}", 401);
        for (String path : List.of("/schema/probe.json", "/metrics", "/healthz")) {
            Answer answer =
                    api.send(HttpRequest.newBuilder(URI.create(control.address().url() + path)));
            assertThat(answer.status()).isEqualTo(200);
            SEEN.add("GET " + path);
        }
        api = new Asking(control.address());
    }

    @Test
    void whatIsNotServed_isAProblemToo() {
        assertThat(problem(api.get("/nothing"), 404).get("detail").asText())
                .contains("is not known; /api/v1/openapi.json describes");
        assertThat(problem(api.send(api.request("/probes").PUT(BodyPublishers.ofString("x"))), 405)
                        .get("remedy")
                        .asText())
                .isEqualTo("it takes DELETE, GET, POST");
        assertThat(problem(api.get("/deadletters/replay"), 405).get("remedy").asText())
                .isEqualTo("it takes POST");
        assertThat(problem(api.get("/lines/check?at=x"), 400).has("remedy")).isFalse();
        assertThat(problem(api.post("/openapi.json", ""), 405).get("title").asText())
                .isEqualTo("Method Not Allowed");
    }

    @Test
    void invalidInput_namesTheField() {
        String limits = "at: 'A:1'\nlog: x\nlimits: {hits: many}\n";
        assertThat(field(limits)).isEqualTo("limits.hits");
        assertThat(field("- {at: 'A:1', log: x}\n- {at: 'A:1', lgo: x}\n")).isEqualTo("[1].lgo");
        assertThat(field("probes: [{at: 'A:1', count: {labels: {a: b}}}]")).isEqualTo("probes[0].count.name");
        assertThat(field("{\"at\": \"A:1\", \"log\": \"{a +}\"}")).isEqualTo("log");
    }

    private static String field(String body) {
        return problem(api.post("/probes", body), 422).get("field").asText();
    }

    @Test
    void definition_hasTheKeysOfAProbe() {
        Set<String> written = names(OpenApi.read(ProbeSchema.json()).at("/$defs/probe/properties"));
        Set<String> sent = names(described.schema("ProbeDefinition").get("properties"));

        written.remove("for");
        written.addAll(List.of("version", "created", "expires"));
        assertThat(sent).isEqualTo(written);
    }

    @Test
    void whatAnAnswerHasBeyondItsSchema_isAFault() {
        ObjectNode instances = (ObjectNode) OpenApi.read(api.get("/instances").body());
        ((ObjectNode) instances.at("/instances/0")).put("more", 1);
        assertThat(described.faults("InstanceList", instances.toString())).isNotEmpty();
        assertThat(described.faults("Problem", "{\"type\":\"about:blank\"}")).isNotEmpty();
        assertThat(described.faults("Signal", "{\"kind\":\"log\",\"x\":1}")).isNotEmpty();
    }

    /** Asks, and holds the answer against what is described for its status. */
    private static Answer ask(String method, String template, String path, String body, int status) {
        HttpRequest.BodyPublisher publisher = body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body);
        Answer answer = api.send(api.request(path).method(method, publisher));
        assertThat(answer.status())
                .as(method + " " + path + ": " + answer.body())
                .isEqualTo(status);
        assertThat(described.faults(method, ROOT + template, status, answer.type(), answer.body()))
                .as(method + " " + path + ": " + answer.body())
                .isEmpty();
        if (status == 200) {
            SEEN.add(method + " " + ROOT + template);
        }
        return answer;
    }

    private static JsonNode problem(Answer answer, int status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.type()).isEqualTo("application/problem+json");
        assertThat(described.faults("Problem", answer.body())).as(answer.body()).isEmpty();
        return OpenApi.read(answer.body());
    }

    private static Set<String> names(JsonNode mapping) {
        Set<String> names = new TreeSet<>();
        mapping.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }
}
