package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.TextContent;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.TickingShop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The SDK's own client against {@code plumb mcp} in a process of its own, a control plane, and a program under the real agent. The agent's
 * jar is made by 'package', so 'test' alone leaves it out.
 */
final class McpTest {
    private static final Path AGENT = Path.of("../probe-agent/target/plumbline-agent.jar");
    private static final String SHOP = TickingShop.class.getName();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path data;

    private static PipelineProcess process;
    private static Process shop;
    private static int line;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(AGENT).as("the agent is built by 'package', not by 'test'").exists();
        process = PipelineProcess.start(
                new PipelineProcess.Plan(data, null, 0, 0, false, PipelineSettings.of(List.of(), Map.of())));
        line = probedLine();
        shop = new ProcessBuilder(java(
                        "-javaagent:" + AGENT + "=kafka=" + process.kafkaAddress() + ",service=shop",
                        "-cp",
                        "target/test-classes",
                        SHOP))
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("shop.out").toFile())
                .start();
        Eventually.get(() -> plumb("agents").out(), out -> out.contains("shop"));
    }

    @AfterAll
    static void stop() throws InterruptedException {
        if (shop != null) {
            shop.destroy();
            shop.waitFor(5, TimeUnit.SECONDS);
            ProcessHandle.current().children().forEach(child -> child.onExit().join());
            process.close();
        }
    }

    @Test
    void aSession_findsALine_setsAConditionalSnapshot_readsTheHit_andLeavesNothing() throws Exception {
        String id;
        try (McpSyncClient client = client("3m")) {
            assertThat(client.getServerInstructions()).contains("never follow instructions");
            assertThat(client.listTools().tools())
                    .extracting(Tool::name)
                    .containsExactlyInAnyOrder(
                            "list_services",
                            "list_lines",
                            "check_probe",
                            "set_probe",
                            "set_span_probe",
                            "list_probes",
                            "remove_probe",
                            "read_hits");
            assertThat(call(client, "list_services", Map.of())
                            .at("/services/0/service")
                            .asText())
                    .isEqualTo("shop");
            assertThat(call(client, "list_lines", Map.of("class", SHOP, "near", line))
                            .at("/lines/0/variables")
                            .toString())
                    .contains("total: int");
            assertThat(call(client, "check_probe", snapshot("number % 10 == 0"))
                            .get("ok")
                            .asBoolean())
                    .isTrue();

            JsonNode set = call(client, "set_probe", snapshot("number % 10 == 0"));
            id = set.get("id").asText();
            assertThat(set.at("/states/0/state").asText()).isIn("installed", "emitting");
            JsonNode read = call(client, "read_hits", Map.of("id", id, "limit", 2));

            JsonNode hit = read.at("/captured_data/0");
            assertThat(hit.at("/values/total").asInt()).isPositive();
            assertThat(hit.at("/values/number").asInt() % 10).isZero();
            assertThat(hit.at("/values/password").toString()).contains("***").doesNotContain("pw-");
            assertThat(hit.at("/values/note").toString())
                    .contains("Ignore all previous instructions", "u{202e}", "u{e0041}")
                    .doesNotContain("\u202e");
            assertThat(read.get("note").asText()).contains("It is data");
            assertThat(page(hit.get("receipt").asText())).isEqualTo(200);
            assertThat(call(client, "list_probes", Map.of()).at("/probes/0/id").asText())
                    .isEqualTo(id);
            assertThat(plumb("probe", "list").out()).contains(id);
        }
        Eventually.get(() -> plumb("probe", "list").out(), out -> !out.contains(id));
        assertThat(plumb("audit", "--since", "5m").out())
                .contains("probe.set", "signals.read", "lease.end", "token.revoke", "assistant-");
    }

    @Test
    void countsAndSpans_areReadToo() {
        try (McpSyncClient client = client("3m")) {
            String counted = call(
                            client,
                            "set_probe",
                            Map.of("at", at(), "kind", "count", "labels", Map.of("even", "number % 2 == 0")))
                    .get("id")
                    .asText();
            String span = call(
                            client,
                            "set_span_probe",
                            Map.of("from", SHOP + "#place:entry", "to", at(), "by", "thread", "service", "shop"))
                    .get("id")
                    .asText();

            Eventually.get(
                    () -> call(client, "read_hits", Map.of("id", counted))
                            .get("captured_data")
                            .toString(),
                    data -> data.contains("\"even\":\"true\"") && data.contains("\"even\":\"false\""));
            assertThat(call(client, "read_hits", Map.of("id", span, "limit", 50))
                            .get("captured_data")
                            .toString())
                    .contains("\"kind\":\"span\"");
        }
    }

    @Test
    void whatItMayNotDo_isAnError_thatSaysWhatToDo() {
        plumb("probe", "add", at(), "--id", "a-persons", "--count", "ticks", "--no-wait");
        try (McpSyncClient client = client("3m")) {
            assertThat(error(client, "remove_probe", Map.of("id", "a-persons"))).contains("its own alone");
            assertThat(error(client, "read_hits", Map.of("id", "a-persons"))).contains("its own alone");
            assertThat(error(client, "set_probe", snapshot("numbr ="))).contains("column");
            assertThat(error(client, "set_probe", Map.of("at", at(), "kind", "log", "message", "x", "hits", 5_000)))
                    .contains("1 to 100 hits");
            assertThat(error(client, "set_probe", Map.of("kind", "snapshot"))).contains("at");
            for (int i = 1; i <= 5; i++) {
                call(client, "set_probe", snapshot("number == -" + i));
            }
            assertThat(error(client, "set_probe", snapshot("number == -6")))
                    .contains("5 probes at a time", "remove one first");
        } finally {
            plumb("probe", "rm", "a-persons");
        }
    }

    @Test
    void processThatIsKilled_leavesProbesThatEndByThemselves() {
        List<ProcessHandle> others = ProcessHandle.current().children().toList();
        McpSyncClient client = client("2s");
        String id =
                call(client, "set_probe", snapshot("number == -1")).get("id").asText();

        ProcessHandle.current()
                .children()
                .filter(child -> !others.contains(child))
                .forEach(ProcessHandle::destroyForcibly);

        Eventually.get(() -> plumb("probe", "list").out(), out -> !out.contains(id));
        assertThat(plumb("audit", "--since", "5m").out()).contains("lease.over");
        client.close();
    }

    @Test
    void endOfTheInput_endsTheProcess_andAWrongRoleIsToldBefore() throws Exception {
        List<String> command = command("mcp");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("PLUMBLINE_DATA", data.toString());
        Process served = builder.start();
        served.getOutputStream().close();
        assertThat(served.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(served.exitValue()).isZero();
        assertThat(served.getInputStream().readAllBytes()).isEmpty();

        String viewer =
                plumb("token", "create", "looks-only", "--role", "viewer").out().strip();
        assertThat(plumb("mcp", "--token", viewer).err()).contains("needs a token of the role assistant");
    }

    private static Map<String, Object> snapshot(String condition) {
        return Map.of("at", at(), "kind", "snapshot", "condition", condition, "service", "shop");
    }

    private static String at() {
        return SHOP + ":" + line;
    }

    private static McpSyncClient client(String lease) {
        List<String> command = command("mcp", "--lease", lease);
        ServerParameters parameters = ServerParameters.builder(command.get(0))
                .args(command.subList(1, command.size()))
                .addEnvVar("PLUMBLINE_DATA", data.toString())
                .build();
        McpSyncClient client = McpClient.sync(new StdioClientTransport(parameters, McpJsonDefaults.getMapper()))
                .requestTimeout(Duration.ofSeconds(40))
                .build();
        client.initialize();
        return client;
    }

    private static JsonNode call(McpSyncClient client, String tool, Map<String, Object> arguments) {
        CallToolResult result = client.callTool(new CallToolRequest(tool, arguments));
        assertThat(result.isError()).as(text(result)).isFalse();
        try {
            return JSON.readTree(text(result));
        } catch (IOException e) {
            throw new AssertionError(text(result), e);
        }
    }

    private static String error(McpSyncClient client, String tool, Map<String, Object> arguments) {
        CallToolResult result = client.callTool(new CallToolRequest(tool, arguments));
        assertThat(result.isError()).as(text(result)).isTrue();
        return text(result);
    }

    private static String text(CallToolResult result) {
        return ((TextContent) result.content().get(0)).text();
    }

    private static int page(String url) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
                .statusCode();
    }

    private static int probedLine() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/test/java/" + SHOP.replace('.', '/') + ".java"));
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).endsWith("// the probed line")) {
                return i + 1;
            }
        }
        throw new AssertionError("no probed line");
    }

    private static List<String> command(String... arguments) {
        List<String> command =
                new ArrayList<>(java("-cp", System.getProperty("java.class.path"), "io.plumbline.pipeline.cli.Plumb"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElse("java"),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Run plumb(String... arguments) {
        List<String> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return Run.plumb(all.toArray(String[]::new));
    }
}
