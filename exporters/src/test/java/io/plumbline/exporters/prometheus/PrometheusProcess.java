package io.plumbline.exporters.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A real Prometheus of our own, on loopback, with its data in a folder of the test's. */
final class PrometheusProcess implements AutoCloseable {

    private final Process process;
    private final URI uri;
    private final HttpClient http = HttpClient.newHttpClient();

    private PrometheusProcess(Process process, URI uri) {
        this.process = process;
        this.uri = uri;
    }

    /** The program: PLUMBLINE_PROMETHEUS names it, or it is on the PATH; empty if there is none. */
    static Optional<String> program() {
        return program("prometheus", "PLUMBLINE_PROMETHEUS");
    }

    private static Optional<String> program(String name, String variable) {
        String named = System.getenv(variable);
        if (named != null) {
            return Optional.of(named);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> folder + File.separator + name)
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst();
    }

    /** VictoriaMetrics, which answers as Prometheus does: PLUMBLINE_VICTORIA_METRICS names it, or it is on the PATH. */
    static Optional<String> victoriaMetrics() {
        return program("victoria-metrics", "PLUMBLINE_VICTORIA_METRICS");
    }

    /** What it says of its flags and features, in which versions differ. */
    static String help(String program) throws IOException {
        return said(program, "--help-long");
    }

    static String said(String... command) throws IOException {
        Process help = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new String(help.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Returns when it is ready. */
    static PrometheusProcess start(String program, Path folder, String config, List<String> flags)
            throws IOException, InterruptedException {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                program,
                "--config.file=" + Files.writeString(folder.resolve("prometheus.yml"), config),
                "--storage.tsdb.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port));
        command.addAll(flags);
        return started(command, port, "Server is ready");
    }

    /** The same for VictoriaMetrics: what was pushed can be asked for at once, and what comes twice is there once. */
    static PrometheusProcess startVictoriaMetrics(String program, Path folder)
            throws IOException, InterruptedException {
        int port = freePort();
        return started(
                List.of(
                        program,
                        "-storageDataPath=" + folder.resolve("data"),
                        "-httpListenAddr=127.0.0.1:" + port,
                        "-opentelemetry.usePrometheusNaming",
                        "-search.latencyOffset=0s",
                        "-dedup.minScrapeInterval=1ms"),
                port,
                "started server at");
    }

    private static PrometheusProcess started(List<String> command, int port, String ready)
            throws IOException, InterruptedException {
        PrometheusProcess started = new PrometheusProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start(), URI.create("http://127.0.0.1:" + port));
        try {
            started.awaitReady(ready);
        } catch (IOException | RuntimeException e) {
            started.close();
            throw e;
        }
        return started;
    }

    URI uri(String path) {
        return uri.resolve(path);
    }

    /** Asks until there is an answer; the test's timeout ends it otherwise. */
    JsonNode await(String path, String query) throws IOException, InterruptedException {
        JsonNode result = ask(path, query);
        while (result.isEmpty()) {
            Thread.sleep(50);
            result = ask(path, query);
        }
        return result;
    }

    /** The answer, which is empty if there is nothing yet. */
    JsonNode ask(String path, String query) throws IOException, InterruptedException {
        JsonNode data =
                get(path + URLEncoder.encode(query, StandardCharsets.UTF_8)).at("/data");
        return data.has("result") ? data.get("result") : data;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).build();
        return new ObjectMapper()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        process.waitFor(10, TimeUnit.SECONDS);
        process.destroyForcibly();
    }

    private void awaitReady(String ready) throws IOException {
        BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
        StringBuilder read = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            read.append(line).append('\n');
            if (line.contains(ready)) {
                return;
            }
        }
        throw new IllegalStateException("it ended:\n" + read);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
