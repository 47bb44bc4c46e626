package io.plumbline.pipeline.faults;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of a test, on the tests' class path; ends with the test. */
public final class Child implements AutoCloseable {
    private static final long END_SECONDS = 30;
    private static final long READY_MILLIS = 60_000;

    private final Process process;
    private final Path output;

    private Child(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts it and waits until it says that it is ready. */
    public static Child start(Path output, String heap, Class<?> main, List<String> arguments) throws Exception {
        return start(output, heap, main, arguments, "ready");
    }

    /** The same, with another word for being ready. */
    public static Child start(Path output, String heap, Class<?> main, List<String> arguments, String ready)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                heap,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(arguments);
        Child child = new Child(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(READY_MILLIS);
        while (!child.said().contains(ready)) {
            if (!child.process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("did not start: " + child.said());
            }
            TimeUnit.MILLISECONDS.sleep(20);
        }
        return child;
    }

    String said() throws IOException {
        return Files.readString(output);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /** As a person ends it. */
    public void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            kill();
        }
    }

    void signal(String name) throws Exception {
        int code = new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                .start()
                .waitFor();
        if (code != 0) {
            throw new AssertionError("kill -" + name + " ended with " + code);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
