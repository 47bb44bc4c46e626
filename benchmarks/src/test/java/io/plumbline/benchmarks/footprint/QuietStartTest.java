package io.plumbline.benchmarks.footprint;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.benchmarks.inside.InsideJvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An agent that starts must not be the first to touch what the application may still want to choose. */
class QuietStartTest {
    private static final String LAST = "io.plumbline.agent.quiet.NoManagement ";

    /** The classes that a program with the agent loads, until the agent's Kafka consumer asks for the MBean server. */
    private static List<String> loaded() throws IOException {
        Process process = new ProcessBuilder(
                        InsideJvm.javaHome().resolve("bin/java").toString(),
                        "-Xlog:class+load:stdout",
                        "-javaagent:" + InsideJvm.builtAgent().toAbsolutePath() + "=kafka=127.0.0.1:1",
                        "-cp",
                        InsideJvm.classes().toString(),
                        SmallProgram.class.getName(),
                        "stay")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line = out.readLine();
            while (line != null && !line.contains(LAST)) {
                lines.add(line);
                line = out.readLine();
            }
            assertThat(line).as("the consumer is made").isNotNull();
        } finally {
            process.destroyForcibly();
        }
        return lines;
    }

    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void start_agent_touchesNeitherLoggingNorTheMBeanServer() throws IOException {
        List<String> lines = loaded();

        assertThat(lines).anyMatch(line -> line.contains("io.opentelemetry.sdk.resources.Resource "));
        assertThat(lines)
                .noneMatch(line -> line.contains(" java.util.logging.LogManager "))
                .noneMatch(line -> line.contains(" java.lang.management.ManagementFactory "))
                .noneMatch(line -> line.contains(" javax.management.MBeanServerFactory "));
    }
}
