package io.plumbline.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The launcher of an unpacked release, called as its user does. Processes that were started end with {@link #close}. */
final class Plumb implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 90;

    private final Path release;
    private final Path home;
    private final Deque<Process> started = new ArrayDeque<>();

    private Process up;

    Plumb(Path release, Path home) {
        this.release = release;
        this.home = home;
    }

    Path home() {
        return home;
    }

    /** {@code plumb up} at free ports; returns when it says that it is up. */
    void startUp() throws Exception {
        File log = home.resolve("up.log").toFile();
        up = started(command("up", "--kafka-port", "0", "--port", "0", "--set", "prometheus.port=0"), log);
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.readString(log.toPath()).contains("Plumbline is up")) {
            assertThat(up.isAlive() && System.nanoTime() < end)
                    .as(Files.readString(log.toPath()))
                    .isTrue();
            Thread.sleep(50);
        }
    }

    /** Ends {@code plumb up} as Ctrl-C does, and says whether it went. */
    boolean end(long time, TimeUnit unit) throws InterruptedException {
        up.destroy();
        return up.waitFor(time, unit);
    }

    /** A command's output; it must succeed. */
    String run(String... words) throws Exception {
        Process process = command(words).redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as("plumb %s: %s", String.join(" ", words), out)
                .isZero();
        return out;
    }

    /** A Java program in the release's folder. */
    Process java(String... words) throws IOException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx128m"));
        command.addAll(List.of(words));
        return started(
                new ProcessBuilder(command).directory(release.toFile()),
                home.resolve("program.log").toFile());
    }

    @Override
    public void close() throws InterruptedException {
        while (!started.isEmpty()) {
            Process process = started.pop();
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private Process started(ProcessBuilder builder, File log) throws IOException {
        Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
        started.push(process);
        return process;
    }

    /** With nothing in its environment but a home, a path and the JDK. */
    private ProcessBuilder command(String... words) {
        List<String> command = new ArrayList<>(List.of(release.resolve("plumb").toString()));
        command.addAll(List.of(words));
        ProcessBuilder builder = new ProcessBuilder(command).directory(home.toFile());
        builder.environment().clear();
        builder.environment().put("HOME", home.toString());
        builder.environment().put("PATH", "/usr/local/bin:/usr/bin:/bin");
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("PLUMBLINE_DATA", home.resolve("data").toString());
        return builder;
    }
}
