package io.plumbline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.config.kit.Debian;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real Prometheus that scrapes each second by our own scrape jobs and evaluates our own rules. Its data are in a folder of the test's. */
final class PrometheusServer implements AutoCloseable {
    private static final Path PROGRAM = Path.of("/usr/bin/prometheus");
    private static final Path OURS = Path.of("../dashboards/src/main/resources/dashboards/prometheus");
    private static final Duration START = Duration.ofSeconds(60);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String url;

    private PrometheusServer(Process process, int port) {
        this.process = process;
        this.url = "http://127.0.0.1:" + port;
    }

    static boolean canBeHad() {
        return Debian.has("prometheus", PROGRAM);
    }

    /**
     * Starts it; it is ready a moment later.
     *
     * @param metrics address of what probes count
     * @param own address of the pipeline's own meters
     */
    static PrometheusServer start(Path folder, URI metrics, URI own) throws IOException {
        String jobs = Files.readString(OURS.resolve("plumbline-scrape.yml"))
                .replace("127.0.0.1:9464", metrics.getAuthority())
                .replace("127.0.0.1:7077", own.getAuthority())
                .replaceAll("scrape_interval: \\w+", "scrape_interval: 1s")
                .replaceAll("scrape_timeout: \\w+", "scrape_timeout: 1s");
        String config = "global: {evaluation_interval: 1s}\nrule_files: ['"
                + OURS.resolve("plumbline-rules.yml").toAbsolutePath().normalize() + "']\n" + jobs;
        Path file = Files.writeString(folder.resolve("prometheus.yml"), config);
        int port = Jvm.freePort();
        Process process = new ProcessBuilder(
                        PROGRAM.toString(),
                        "--config.file=" + file,
                        "--storage.tsdb.path=" + folder.resolve("prometheus"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--enable-feature=exemplar-storage")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.out").toFile())
                .start();
        PrometheusServer server = new PrometheusServer(process, port);
        Await.until("Prometheus", START, () -> server.get("/api/v1/status/buildinfo"), answer -> answer.has("version"));
        return server;
    }

    /** The series that a query returns now; an error of the query's fails. */
    JsonNode query(String promql) throws IOException, InterruptedException {
        return get("/api/v1/query?query=" + encoded(promql)).get("result");
    }

    /** The values of a label over all series that match. */
    List<String> labelValues(String selector, String label) throws IOException, InterruptedException {
        return new ObjectMapper()
                .convertValue(
                        get("/api/v1/label/" + label + "/values?match[]=" + encoded(selector)),
                        new com.fasterxml.jackson.core.type.TypeReference<List<String>>() {});
    }

    /** Exemplars of the series that a query reads. */
    JsonNode exemplars(String promql) throws IOException, InterruptedException {
        long now = Instant.now().getEpochSecond();
        return get("/api/v1/query_exemplars?query=" + encoded(promql) + "&start=" + (now - 600) + "&end=" + (now + 1));
    }

    /** What a path of the API answers. */
    JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path.replace("[]", "%5B%5D")))
                .build();
        JsonNode answer = new ObjectMapper()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
        if (!answer.path("status").asText().equals("success")) {
            throw new IOException(path + ": " + answer);
        }
        return answer.get("data");
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(10, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }
}
