package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, as a person or a script runs it. */
class DemoIT {
    private static final Duration TIMEOUT = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void demo_seconds_endsByItselfAndSaysWhatArrived() throws Exception {
        assumeThat(Plumb.isBuilt() && Files.exists(Path.of("target/plumbline-demo.jar")))
                .as("the demo's jars are built by 'package' of an earlier run")
                .isTrue();
        try (Plumb plumb = new Plumb(folder);
                Jvm demo = plumb.start(
                        "demo",
                        List.of(
                                "demo",
                                "--seconds",
                                "8",
                                "--data",
                                folder.resolve("d").toString()))) {
            int code = demo.exitCode(TIMEOUT);

            assertThat(code).as(demo::output).isZero();
            List<String> lines = demo.output().lines().toList();
            JsonNode last = new ObjectMapper().readTree(lines.get(lines.size() - 1));
            assertThat(last.get("missing")).isEmpty();
            assertThat(last.at("/signals/log").asInt()).isPositive();
            assertThat(last.at("/signals/metric").asInt()).isPositive();
            assertThat(demo.output()).contains("is charged a second time", "points of an order must be <= 1000");
        }
    }
}
