package io.plumbline.pipeline.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program that runs for as long as this process does, however this process ends. What it prints goes into a file.
 *
 * <p>Threads: one that reads what the program prints; all else belongs to the command.
 */
final class ChildProcess implements AutoCloseable {
    /**
     * Waits beside the program for the end of the input, which the operating system closes when we are gone, and ends
     * the program then. A Ctrl-C reaches all processes of a terminal; how the program ends then is for us to say.
     */
    private static final String LEASH =
            "trap '' INT HUP; exec 3<&0; \"$@\" 3<&- </dev/null & child=$!; (cat <&3; kill $child) >/dev/null 2>&1 & wait $child";

    private static final String LISTENING = "listening on ";
    private static final Duration CLOSE = Duration.ofSeconds(8);

    private final String name;
    private final Process process;
    private final Path log;
    private final CompletableFuture<String> address = new CompletableFuture<>();

    private ChildProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    static ChildProcess start(String name, List<String> command, Path logs) {
        List<String> leashed = new ArrayList<>(List.of("sh", "-c", LEASH, name));
        leashed.addAll(command);
        try {
            Path log = Files.createDirectories(logs).resolve(name + ".log");
            Process process =
                    new ProcessBuilder(leashed).redirectErrorStream(true).start();
            ChildProcess child = new ChildProcess(name, process, log);
            Thread reader = new Thread(child::read, "demo-" + name + "-output");
            reader.setDaemon(true);
            reader.start();
            return child;
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + name + ": " + command, e);
        }
    }

    /** The address that the program says it listens on. */
    String awaitAddress(Duration limit) throws InterruptedException {
        try {
            return address.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw Failure.notSo(name + " ended before it listened; it said why in " + log);
        } catch (TimeoutException e) {
            throw Failure.notSo(name + " does not listen after " + limit.toSeconds() + " s; see " + log);
        }
    }

    boolean isRunning() {
        return process.isAlive();
    }

    Path log() {
        return log;
    }

    /** Asks the program to end, waits, and then makes it. Idempotent. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(CLOSE.toMillis(), TimeUnit.MILLISECONDS)) {
                process.descendants().forEach(ProcessHandle::destroyForcibly);
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
        } catch (InterruptedException e) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                PrintWriter out = new PrintWriter(Files.newBufferedWriter(log), true)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                out.println(line);
                if (line.startsWith(LISTENING)) {
                    address.complete(line.substring(LISTENING.length()).trim());
                }
            }
        } catch (IOException e) {
            address.completeExceptionally(e);
        }
        address.completeExceptionally(new IOException("ended"));
    }
}
