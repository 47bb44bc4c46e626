package io.plumbline.exporters.sentry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spotlight, Sentry's own receiver for a developer's machine, in a process of its own. It is installed with npm below
 * {@code target}, once; it reports about itself to Sentry, which is cut off here.
 */
final class SpotlightServer implements AutoCloseable {

    private static final String VERSION = "4.11.8";
    private static final Path FOLDER = Path.of("target", "spotlight-" + VERSION).toAbsolutePath();
    private static final Path PROGRAM = FOLDER.resolve(Path.of("node_modules", ".bin", "spotlight"));

    /** The newest that Spotlight runs with; it would get a newer one, and answer 500 to everything. */
    private static final String PACKAGE = """
            {"private": true, "dependencies": {"@spotlightjs/spotlight": "%s"}, "overrides": {"hono": "4.12.25"}}
            """.formatted(VERSION);

    private static final Pattern READY = Pattern.compile("listening on (\\d+)");
    private static final long SECONDS = 60;

    private final Process process;
    private final URI uri;
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<JsonNode> envelopes = new LinkedBlockingQueue<>();

    private SpotlightServer(Process process, int port) {
        this.process = process;
        this.uri = URI.create("http://127.0.0.1:" + port);
    }

    /** Empty if it can be started, else why not. */
    static Optional<String> install() throws IOException, InterruptedException {
        if (Files.exists(PROGRAM)) {
            return Optional.empty();
        }
        Optional<String> npm = npm();
        if (npm.isEmpty()) {
            return Optional.of("no program npm on the PATH");
        }
        Files.createDirectories(FOLDER);
        Files.writeString(FOLDER.resolve("package.json"), PACKAGE);
        Path log = FOLDER.resolve("npm.log");
        Process install = new ProcessBuilder(
                        npm.get(), "install", "--no-audit", "--no-fund", "--ignore-scripts", "--fetch-retries=1")
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        boolean isDone = install.waitFor(3, TimeUnit.MINUTES);
        end(install);
        if (isDone && install.exitValue() == 0 && Files.exists(PROGRAM)) {
            return Optional.empty();
        }
        Files.deleteIfExists(PROGRAM);
        return Optional.of("npm could not install it: "
                + Files.readString(log).lines().findFirst().orElse("no answer"));
    }

    static SpotlightServer start() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(PROGRAM.toString(), "server", "-p", "0").redirectErrorStream(true);
        String nobody = "http://127.0.0.1:9";
        builder.environment().put("http_proxy", nobody);
        builder.environment().put("https_proxy", nobody);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "spotlight-end"));
        SpotlightServer server = new SpotlightServer(process, awaitPort(process.inputReader(StandardCharsets.UTF_8)));
        server.listen();
        return server;
    }

    URI uri() {
        return uri;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** The next envelope that Spotlight shows to people: its header, and its items with a header and a payload each. */
    JsonNode awaitEnvelope() throws InterruptedException {
        JsonNode envelope = envelopes.poll(SECONDS, TimeUnit.SECONDS);
        if (envelope == null) {
            throw new AssertionError("Spotlight showed nothing within " + SECONDS + " s");
        }
        return envelope;
    }

    @Override
    public void close() throws InterruptedException {
        end(process);
    }

    private static void end(Process process) throws InterruptedException {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroy);
        if (!process.waitFor(5, TimeUnit.SECONDS)) {
            all.forEach(ProcessHandle::destroyForcibly);
            process.waitFor(5, TimeUnit.SECONDS);
        }
    }

    private static int awaitPort(BufferedReader log) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            Matcher ready = READY.matcher(line);
            if (ready.find()) {
                drain(log);
                return Integer.parseInt(ready.group(1));
            }
            read.append(line).append('\n');
        }
        throw new IllegalStateException("Spotlight ended:\n" + read);
    }

    /** Keeps its output from filling up. */
    private static void drain(BufferedReader log) {
        daemon("spotlight-log", () -> log.lines().forEach(line -> {}));
    }

    /** Returns when the stream of what it receives is open. */
    private void listen() throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve("/stream")).build();
        HttpResponse<Stream<String>> stream = http.send(request, BodyHandlers.ofLines());
        daemon("spotlight-stream", () -> {
            try {
                stream.body()
                        .filter(line -> line.startsWith("data: ") && line.contains("{"))
                        .forEach(this::received);
            } catch (RuntimeException e) {
                // Its end is the stream's.
            }
        });
    }

    private void received(String line) {
        try {
            envelopes.add(new ObjectMapper().readTree(line.substring("data: ".length())));
        } catch (IOException e) {
            throw new IllegalStateException("Spotlight sent no JSON: " + line, e);
        }
    }

    private static void daemon(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private static Optional<String> npm() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> folder + File.separator + "npm")
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst();
    }
}
