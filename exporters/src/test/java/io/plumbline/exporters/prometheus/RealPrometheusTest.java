package io.plumbline.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.Exemplar;
import io.plumbline.exporters.signal.MetricInfo;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes us. It runs where the program {@code prometheus} is on the PATH, or where the environment
 * variable PLUMBLINE_PROMETHEUS names it.
 */
@Timeout(120)
class RealPrometheusTest {

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    private Exporter exporter;
    private Process prometheus;
    private URI api;

    @BeforeEach
    void start() throws IOException, InterruptedException {
        Optional<String> program = program();
        if (program.isEmpty()) {
            System.out.println(
                    "RealPrometheusTest skipped: no program prometheus on the PATH, PLUMBLINE_PROMETHEUS not set");
        }
        assumeTrue(program.isPresent(), "no program prometheus on the PATH, and PLUMBLINE_PROMETHEUS is not set");
        exporter = new PrometheusExporterFactory()
                .create(ExporterSettings.of("prometheus", Map.of("prometheus.port", "0")));
        startPrometheus(program.get());
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (prometheus != null) {
            prometheus.destroy();
            prometheus.waitFor(10, TimeUnit.SECONDS);
            prometheus.destroyForcibly();
        }
        if (exporter != null) {
            exporter.close();
        }
    }

    @Test
    void scrape_valuesLabelsMetadataAndExemplars_arrive() throws IOException, InterruptedException {
        Exemplar exemplar = new Exemplar(
                42, System.currentTimeMillis() * 1_000_000, Map.of(), TestSignals.TRACE_ID, TestSignals.SPAN_ID);
        assertThat(exporter.export(List.of(
                        TestSignals.sum(new MetricInfo("cart.adds", "Things put into carts", ""), 12),
                        TestSignals.histogram(new MetricInfo("cart.time", "", "ms"), Map.of(), exemplar))))
                .isEqualTo(Outcome.delivered());

        JsonNode counter = awaitResult("/api/v1/query?query=", "cart_adds_total{service=\"shop\"}");
        JsonNode quantile =
                awaitResult("/api/v1/query?query=", "histogram_quantile(0.5, cart_time_milliseconds_bucket)");
        JsonNode exemplars = awaitResult(
                "/api/v1/query_exemplars?start=0&end="
                        + Instant.now().plusSeconds(600).getEpochSecond() + "&query=",
                "cart_time_milliseconds_bucket");

        assertThat(counter.at("/0/value/1").asText()).isEqualTo("12");
        assertThat(counter.at("/0/metric/instance").asText()).isEqualTo("4f2a1c9e-0000");
        assertThat(counter.at("/0/metric/probe").asText()).isEqualTo("probe-7");
        assertThat(quantile.at("/0/value/1").asDouble()).isEqualTo(10.0);
        assertThat(exemplars.at("/0/exemplars/0/labels/trace_id").asText()).isEqualTo(TestSignals.TRACE_ID);
        assertThat(get("/api/v1/metadata?metric=cart_adds_total").at("/data").toString()
                        + get("/api/v1/metadata?metric=cart_adds").at("/data"))
                .contains("Things put into carts");
    }

    private void startPrometheus(String program) throws IOException {
        Path config = Files.writeString(directory.resolve("prometheus.yml"), """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: plumbline
                    honor_labels: true
                    static_configs: [{targets: ['%s']}]
                """.formatted(
                        exporter.links().get("metrics").getAuthority()));
        int port = freePort();
        api = URI.create("http://127.0.0.1:" + port);
        prometheus = new ProcessBuilder(
                        program,
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port,
                        "--enable-feature=exemplar-storage")
                .redirectErrorStream(true)
                .start();
        awaitReady(prometheus.inputReader(StandardCharsets.UTF_8));
    }

    private static void awaitReady(BufferedReader log) throws IOException {
        StringBuilder read = new StringBuilder();
        for (String line = log.readLine(); line != null; line = log.readLine()) {
            read.append(line).append('\n');
            if (line.contains("Server is ready")) {
                return;
            }
        }
        throw new IllegalStateException("prometheus ended:\n" + read);
    }

    /** Asks until Prometheus has scraped; the test's timeout ends it otherwise. */
    private JsonNode awaitResult(String path, String query) throws IOException, InterruptedException {
        JsonNode result;
        do {
            JsonNode data =
                    get(path + URLEncoder.encode(query, StandardCharsets.UTF_8)).at("/data");
            result = data.has("result") ? data.get("result") : data;
        } while (result.isEmpty());
        return result;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(api.resolve(path)).build();
        return new ObjectMapper()
                .readTree(http.send(request, BodyHandlers.ofString()).body());
    }

    private static Optional<String> program() {
        String named = System.getenv("PLUMBLINE_PROMETHEUS");
        if (named != null) {
            return Optional.of(named);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> folder + File.separator + "prometheus")
                .filter(file -> Files.isExecutable(Path.of(file)))
                .findFirst();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
