package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.TickingShop;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Finding a class, its source and what can be named in it, asked of a program under the real agent. The agent's jar is made by 'package', so
 * 'test' alone leaves it out.
 */
final class SourceCommandsTest {
    private static final Path AGENT = Path.of("../probe-agent/target/plumbline-agent.jar");
    private static final Path SOURCE = Path.of("src/test/java/io/plumbline/pipeline/support/TickingShop.java");
    private static final String SHOP = TickingShop.class.getName();

    @TempDir
    static Path data;

    private static PipelineProcess process;
    private static Process shop;
    private static int line;

    @BeforeAll
    static void start() throws IOException {
        assumeThat(AGENT).as("the agent is built by 'package', not by 'test'").exists();
        Path sources = Files.createDirectories(data.resolve("sources"));
        process = PipelineProcess.start(new PipelineProcess.Plan(
                data,
                null,
                0,
                0,
                false,
                PipelineSettings.of(List.of(), Map.of("control.source.folders", sources.toString()))));
        line = Files.readAllLines(SOURCE).indexOf("        sold += total; // the probed line") + 1;
        shop = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-javaagent:" + AGENT + "=kafka=" + process.kafkaAddress() + ",service=shop",
                        "-cp",
                        "target/test-classes",
                        SHOP)
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
            process.close();
        }
    }

    @Test
    void aClass_isFound_shownDecompiled_andThenFromItsFolder() throws IOException, InterruptedException {
        assertThat(plumb("classes", "TiSh").out()).contains(SHOP, "TickingShop.java", "class", "own");
        assertThat(plumb("classes", "NoSuchShop").code()).isEqualTo(1);

        String decompiled = plumb("source", SHOP + ":" + line).out();
        assertThat(decompiled).contains("decompiled: the class file as ").doesNotContain("NOT WHAT RUNS");
        assertThat(decompiled.lines().filter(each -> each.startsWith(">")))
                .singleElement()
                .asString()
                .contains(">" + line + " *", "sold");

        Path copy = data.resolve("sources/src/main/java/io/plumbline/pipeline/support/TickingShop.java");
        Files.createDirectories(copy.getParent());
        Files.copy(SOURCE, copy);
        assertThat(plumb("source", SHOP + ":" + line).out())
                .contains("folder: " + copy.toRealPath(), ">" + line + " *  ", "// the probed line")
                .doesNotContain("NOT WHAT RUNS");
        Files.writeString(copy, Files.readString(SOURCE).replaceAll("(?s)        for .*", "}"));
        assertThat(plumb("source", SHOP).out()).contains("NOT WHAT RUNS", "beyond this source's end");
        Files.delete(copy);

        JsonNode scope = ask("/scope?at=" + SHOP + ":" + line);
        assertThat(scope.at("/names").toString())
                .contains("{\"name\":\"total\",\"type\":\"int\",\"kind\":\"local\",\"redacted\":false}")
                .contains(
                        "{\"name\":\"password\",\"type\":\"java.lang.String\",\"kind\":\"parameter\",\"redacted\":true}");
        assertThat(ask("/scope?at=" + SHOP + ":" + line + "&path=note")
                        .at("/names")
                        .toString())
                .contains("\"length()\"");
    }

    private static JsonNode ask(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(process.control().url() + "/api/v1" + path))
                .header("Authorization", "Bearer " + process.control().token())
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .body());
    }

    private static Run plumb(String... arguments) {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--data", data.toString()));
        return Run.plumb(all.toArray(new String[0]));
    }
}
