package io.plumbline.e2e;

import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The command line, each command in a process of its own, with a data folder of the test's. */
final class Plumb implements AutoCloseable {
    static final Path AGENT = Path.of("../probe-agent/target/plumbline-agent.jar")
            .toAbsolutePath()
            .normalize();

    private static final Path PIPELINE =
            Path.of("../pipeline/target").toAbsolutePath().normalize();
    private static final Duration COMMAND_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration START_TIMEOUT = Duration.ofSeconds(90);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Path folder;
    private int commands;
    private Jvm up;

    Plumb(Path folder) {
        this.folder = folder;
    }

    /** What a command said. */
    record Said(int code, String text) {
        JsonNode json() {
            try {
                return MAPPER.readTree(text);
            } catch (IOException e) {
                throw new UncheckedIOException(text, e);
            }
        }
    }

    /** {@code plumb up}, ready when its control file is there. */
    Plumb up(String... arguments) {
        List<String> all =
                new ArrayList<>(List.of("up", "--data", folder.resolve("data").toString()));
        all.addAll(List.of(arguments));
        up = start("up", all);
        Await.until("plumb up", START_TIMEOUT, () -> up.output(), text -> {
            if (!up.isAlive()) {
                throw new AssertionError(text);
            }
            return text.contains(" tail");
        });
        return this;
    }

    /** The broker's address. */
    String kafka() {
        return found("Kafka\\s+(\\S+)");
    }

    /** What the control plane says of itself to its user: {@code url}, {@code token}. */
    JsonNode control() {
        try {
            return MAPPER.readTree(folder.resolve("data/control.json").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What opens the console once. */
    String loginLink() {
        return found("web console\\s+(http\\S+)");
    }

    /** The Prometheus endpoint. */
    String metricsUrl() {
        return found("metrics (http\\S+)");
    }

    private String found(String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(up.output());
        if (!matcher.find()) {
            throw new AssertionError("no " + pattern + " in " + up.output());
        }
        return matcher.group(1);
    }

    /** The process of {@code plumb up}. */
    Jvm upProcess() {
        return up;
    }

    void killUp() throws InterruptedException {
        up.kill();
    }

    /** Runs a command to its end. */
    Said run(String... arguments) throws InterruptedException {
        try (Jvm command = start("command-" + ++commands, List.of(arguments))) {
            int code = command.exitCode(COMMAND_TIMEOUT);
            return new Said(code, command.output());
        }
    }

    /** Runs a command that must do what it was asked. */
    Said ok(String... arguments) throws InterruptedException {
        Said said = run(arguments);
        if (said.code() != 0) {
            throw new AssertionError(String.join(" ", arguments) + " ended with " + said.code() + ":\n" + said.text());
        }
        return said;
    }

    /** Starts a command that goes on. */
    Jvm start(String name, List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "-cp",
                PIPELINE.resolve("plumbline-pipeline.jar") + ":" + PIPELINE.resolve("lib") + "/*",
                "io.plumbline.pipeline.cli.Plumb"));
        command.addAll(arguments);
        Map<String, String> environment =
                Map.of("PLUMBLINE_DATA", folder.resolve("data").toString());
        return Jvm.start(folder, name, Jdks.current(), environment, command);
    }

    /** Whether agent and pipeline are there as 'package' makes them; 'test' alone does not. */
    static boolean isBuilt() {
        return Files.exists(AGENT) && Files.exists(PIPELINE.resolve("plumbline-pipeline.jar"));
    }

    /** Leaves the calling test out where it can't run. */
    static void assumeBuilt() {
        assumeThat(isBuilt())
                .as("agent and pipeline are built by 'package', not by 'test'")
                .isTrue();
    }

    /** Waits until an agent has reported under a name. */
    void awaitAgent(String name, Duration within) {
        Await.until("the agent", within, () -> run("agents", "--json").text(), text -> text.contains(name));
    }

    @Override
    public void close() throws InterruptedException {
        if (up != null) {
            up.close();
        }
    }
}
