package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs of one service: what holds for both together, and one after the other. */
class TwoInstancesTest {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String TICK = TickerProgram.NAME + ":" + TickerProgram.line();

    @TempDir
    private Path folder;

    @Test
    void tenInAll_andAGuardedRollout() throws Exception {
        Plumb.assumeBuilt();
        Path other = Files.createDirectory(folder.resolve("other"));
        try (Plumb plumb = new Plumb(folder).up("--kafka-port", "0", "--port", "0", "--set", "prometheus.port=0");
                Jvm one = TickerProgram.start(folder, Jdks.current(), plumb.kafka());
                Jvm two = TickerProgram.start(other, Jdks.current(), plumb.kafka())) {
            Await.until(
                    "both agents",
                    SOON,
                    () -> plumb.run("agents", "--json").text(),
                    text -> text.contains("ticker-" + one.pid()) && text.contains("ticker-" + two.pid()));

            plumb.ok("probe", "add", TICK, "--id", "ten", "--log", "tick {number}", "--fleet-hits", "10");
            JsonNode ten = Await.until(
                    "the end",
                    SOON,
                    () -> show(plumb, "ten"),
                    found -> states(found).equals("expired expired "));
            int emitted = 0;
            for (JsonNode report : ten.get("reports")) {
                emitted += report.get("emitted").asInt();
                assertThat(report.get("reason").asText()).isEqualTo("the limit of 10 hits in all instances is reached");
            }
            assertThat(emitted).isEqualTo(10);

            plumb.ok("probe", "add", TICK, "--id", "guarded", "--count", "guarded.ticks", "--guarded");
            Await.until(
                    "one of two",
                    SOON,
                    () -> states(show(plumb, "guarded")),
                    states -> states.contains("emitting") && states.contains("pending"));
            Await.until(
                    "both", SOON, () -> states(show(plumb, "guarded")), states -> states.equals("emitting emitting "));
            assertThat(plumb.ok("probe", "show", "guarded").text()).contains("first 1, then 25%, then all; now all");
        }
    }

    private static JsonNode show(Plumb plumb, String probe) throws Exception {
        return plumb.ok("probe", "show", probe, "--json").json();
    }

    private static String states(JsonNode probe) {
        StringBuilder states = new StringBuilder();
        probe.get("reports")
                .forEach(report -> states.append(report.get("state").asText()).append(' '));
        return states.toString();
    }
}
