package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Readers who type what pages say, in a folder that looks like the repository. What a page leaves running goes on until its reader
 * is through with it; what the tutorial starts, until the end.
 *
 * <p>Threads: any number of readers, a page each at a time.
 */
final class DocRun implements AutoCloseable {
    private static final Duration COMMAND = Duration.ofSeconds(60);
    private static final Duration START = Duration.ofMinutes(2);
    private static final long END_SECONDS = 15;

    private final Path folder;
    private final Map<String, String> environment = new HashMap<>();
    /** What goes on until the end. */
    private final Deque<Process> running = new ConcurrentLinkedDeque<>();

    private final Path archive;
    private final List<String> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger ran = new AtomicInteger();

    DocRun(Path scratch) throws IOException {
        archive = scratch.resolve("plumb.jsa");
        folder = Files.createDirectories(scratch.resolve("plumbline"));
        link(DocPage.REPOSITORY, "demo");
        link(DocPage.REPOSITORY.resolve("demo"), "src");
        copy(DocPage.REPOSITORY.resolve("demo/src/main"));
        Path bin = Files.createDirectories(scratch.resolve("bin"));
        Files.createSymbolicLink(bin.resolve("plumb"), DocPage.REPOSITORY.resolve("plumb"));
        environment.put("PATH", bin + ":" + System.getenv("PATH"));
        environment.put("HOME", scratch.toString());
        environment.put("PLUMBLINE_DATA", scratch.resolve(".plumbline").toString());
        environment.put("PLUMB_NO_BUILD", "1");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        // Most of a short command's time goes into loading classes.
        environment.put(
                "PLUMB_JAVA_OPTS", "-XX:SharedArchiveFile=" + archive + " -Xlog:disable -Xlog:all=error:stderr");
    }

    /** How many commands. */
    int ran() {
        return ran.get();
    }

    List<String> failures() {
        return failures;
    }

    /** Types all of a page that can run here. */
    void read(DocPage page, boolean keep) throws IOException, InterruptedException {
        Deque<Process> started = new ArrayDeque<>();
        try (DocShell shell = new DocShell(folder, environment)) {
            for (DocBlock block : page.blocks()) {
                if (block.isShell() && block.notRun().isEmpty()) {
                    run(shell, block, started);
                }
            }
        } catch (AssertionError e) {
            failures.add(page.name() + ": " + e.getMessage());
        }
        if (keep) {
            running.addAll(started);
        } else {
            endAll(started);
        }
    }

    /** What is in a folder of the repository, but for one entry. */
    private void link(Path from, String without) throws IOException {
        Path to = Files.createDirectories(folder.resolve(DocPage.REPOSITORY.relativize(from)));
        try (Stream<Path> entries = Files.list(from)) {
            for (Path entry : entries.toList()) {
                if (!entry.endsWith(without)) {
                    Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
                }
            }
        }
    }

    /** What commands change, or git looks at: it does not follow links. */
    private void copy(Path from) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = folder.resolve(DocPage.REPOSITORY.relativize(file));
                Files.createDirectories(to.getParent());
                Files.copy(file, to);
            }
        }
    }

    private void run(DocShell shell, DocBlock block, Deque<Process> started) throws IOException, InterruptedException {
        List<DocCommand> commands = block.commands();
        for (DocCommand command : commands) {
            long begin = System.nanoTime();
            boolean isLast = command == commands.get(commands.size() - 1);
            if (isLast && block.keepsRunning()) {
                started.push(start(shell, command, block.additions()));
                shell.run("PLUMB_JAVA_OPTS=-XX:ArchiveClassesAtExit=" + archive + " plumb probe list", COMMAND);
            } else {
                check(command, shell.run(placed(command.text(), started), COMMAND));
            }
            ran.incrementAndGet();
            System.out.printf("docs: %6d ms  %s%n", (System.nanoTime() - begin) / 1_000_000, command);
        }
    }

    private void check(DocCommand command, Plumb.Said said) {
        if (said.code() != command.exitCode()) {
            failures.add(command + "\n  ended with " + said.code() + ", and the page says " + command.exitCode() + ":\n"
                    + said.text().indent(4));
        } else if (!command.output().isEmpty() && !DocOutput.isAsShown(command.output(), said.text())) {
            failures.add(command + "\n  the page shows:\n"
                    + String.join("\n", command.output()).indent(4) + "  and it says:\n"
                    + said.text().indent(4));
        }
    }

    private Process start(DocShell shell, DocCommand command, String additions) throws IOException {
        Path output = folder.resolveSibling("output-" + ran.get());
        String text = command.text().replaceFirst("\\s+#.*", "") + " " + additions;
        Process process = shell.start(text, output);
        Await.until(command.toString(), START, () -> Files.readString(output), said -> {
            if (!process.isAlive()) {
                throw new AssertionError(command + " ended:\n" + said);
            }
            return DocOutput.beginsAsShown(command.output(), said);
        });
        return process;
    }

    /** PID in a page is the process number of a program of the reader's; here of the demo's customers. */
    private String placed(String text, Deque<Process> started) {
        return text.contains("PID") ? text.replaceAll("\\bPID\\b", String.valueOf(customers(started))) : text;
    }

    private long customers(Deque<Process> started) {
        return Stream.concat(started.stream(), running.stream())
                .flatMap(Process::descendants)
                .filter(DocRun::isCustomers)
                .findFirst()
                .orElseThrow(() -> new AssertionError("the demo's customers do not run"))
                .pid();
    }

    private static boolean isCustomers(ProcessHandle process) {
        return process.info().command().orElse("").endsWith("java")
                && process.info().commandLine().orElse("").contains("load.LoadMain");
    }

    private static void endAll(Deque<Process> processes) throws InterruptedException {
        while (!processes.isEmpty()) {
            end(processes.pop());
        }
    }

    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        endAll(running);
        Files.delete(folder.resolveSibling("bin/plumb"));
        try (Stream<Path> links = Files.walk(folder, 2)) {
            for (Path link : links.filter(Files::isSymbolicLink).toList()) {
                Files.delete(link);
            }
        }
    }
}
