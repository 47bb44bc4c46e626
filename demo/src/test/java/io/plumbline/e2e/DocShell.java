package io.plumbline.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * The terminal of a reader: a bash that keeps its variables from one command to the next. A command that does not end in time is
 * killed with the shell.
 *
 * <p>Threads: the test's; one of its own reads what the shell says.
 */
final class DocShell implements AutoCloseable {
    private static final String MARK = "=== that was it: ";
    private static final String END = "the shell ended";

    private final Path folder;
    private final Map<String, String> environment;
    private final Process bash;
    private final Writer input;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    DocShell(Path folder, Map<String, String> environment) throws IOException {
        this.folder = folder;
        this.environment = environment;
        bash = builder("bash").redirectErrorStream(true).start();
        input = bash.outputWriter(StandardCharsets.UTF_8);
        Thread reader = new Thread(this::read, "doc-shell");
        reader.setDaemon(true);
        reader.start();
    }

    private ProcessBuilder builder(String... command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        return builder;
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(bash.getInputStream(), StandardCharsets.UTF_8))) {
            reader.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            // it was killed
        }
        said.add(END);
    }

    /** Runs a command to its end. */
    Plumb.Said run(String command, Duration within) throws IOException, InterruptedException {
        input.write("{ " + command + "\n} < /dev/null\nprintf '\\n" + MARK + "%d\\n' $?\n");
        input.flush();
        StringBuilder text = new StringBuilder();
        long deadline = System.nanoTime() + within.toNanos();
        while (true) {
            String line = said.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (line == null || line.equals(END)) {
                close();
                throw new AssertionError((line == null ? "no end within " + within : END) + ":\n" + text);
            }
            if (line.startsWith(MARK)) {
                return new Plumb.Said(Integer.parseInt(line.substring(MARK.length())), text.toString());
            }
            text.append(line).append('\n');
        }
    }

    /** Starts a command that goes on; what it says is appended to a file. */
    Process start(String command, Path output) throws IOException {
        Files.createDirectories(output.getParent());
        return builder("bash", "-c", "exec " + command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    @Override
    public void close() {
        bash.descendants().forEach(ProcessHandle::destroyForcibly);
        bash.destroyForcibly();
    }
}
