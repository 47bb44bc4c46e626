package io.plumbline.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.Exemplar;
import io.plumbline.exporters.signal.MetricInfo;
import io.plumbline.exporters.signal.Signal;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus scrapes us, and takes what we push. It runs where the program {@code prometheus} is on the PATH, or where
 * the environment variable PLUMBLINE_PROMETHEUS names it; pushing needs version 2.47 or newer.
 */
@Timeout(120)
class RealPrometheusTest {

    private static final String QUERY = "/api/v1/query?query=";
    private static final String SHOP = "{service=\"shop\",instance=\"4f2a1c9e-0000\",probe=\"probe-7\"}";

    @TempDir
    private Path directory;

    private String program;
    private String help;
    private Exporter exporter;
    private PrometheusProcess prometheus;

    @BeforeEach
    void find() throws IOException {
        program = PrometheusProcess.program().orElse("");
        runs(!program.isEmpty(), "no program prometheus on the PATH, and PLUMBLINE_PROMETHEUS is not set");
        help = PrometheusProcess.help(program);
    }

    @AfterEach
    void stop() throws InterruptedException {
        if (prometheus != null) {
            prometheus.close();
        }
        if (exporter != null) {
            exporter.close();
        }
    }

    @Test
    void scrape_valuesLabelsMetadataAndExemplars_arrive() throws Exception {
        serve();
        startScraping("", List.of("--enable-feature=exemplar-storage"));
        assertThat(exporter.export(List.of(
                        TestSignals.sum(new MetricInfo("cart.adds", "Things put into carts", ""), 12),
                        TestSignals.histogram(new MetricInfo("cart.time", "", "ms"), Map.of(), exemplar()))))
                .isEqualTo(Outcome.delivered());

        JsonNode counter = prometheus.await(QUERY, "cart_adds_total{service=\"shop\"}");
        JsonNode quantile = prometheus.await(QUERY, "histogram_quantile(0.5, cart_time_milliseconds_bucket)");

        assertThat(value(counter)).isEqualTo(12);
        assertThat(counter.at("/0/metric/instance").asText()).isEqualTo("4f2a1c9e-0000");
        assertThat(counter.at("/0/metric/probe").asText()).isEqualTo("probe-7");
        assertThat(value(quantile)).isEqualTo(10.0);
        assertThat(traceOf("cart_time_milliseconds_bucket")).isEqualTo(TestSignals.TRACE_ID);
        assertThat(prometheus
                                .get("/api/v1/metadata?metric=cart_adds_total")
                                .at("/data")
                                .toString()
                        + prometheus.get("/api/v1/metadata?metric=cart_adds").at("/data"))
                .contains("Things put into carts");
    }

    /** Asked for by protobuf: exponential buckets are a native histogram, explicit ones stay as they are beside it. */
    @Test
    void scrape_exponentialHistogram_isNative_withExemplar_andExplicitBucketsStay() throws Exception {
        serve();
        startScrapingNativeHistograms();
        assertThat(exporter.export(List.of(
                        TestSignals.exponential(new MetricInfo("cart.size", "", ""), Map.of(), exemplar()),
                        TestSignals.histogram(new MetricInfo("cart.time", "", "ms"), Map.of(), exemplar()))))
                .isEqualTo(Outcome.delivered());

        // 3 of 7 measurements are in (4, 8], above the 4 that are less.
        assertThat(value(prometheus.await(QUERY, "histogram_quantile(1, cart_size)")))
                .isEqualTo(8);
        assertThat(value(prometheus.await(QUERY, "histogram_quantile(0, cart_size)")))
                .isEqualTo(-4);
        assertThat(value(prometheus.await(QUERY, "histogram_count(cart_size)"))).isEqualTo(7);
        assertThat(value(prometheus.await(QUERY, "histogram_sum(cart_size)"))).isEqualTo(17.5);
        assertThat(value(prometheus.await(QUERY, "histogram_fraction(4, 8, cart_size)")))
                .isCloseTo(3.0 / 7, within(1e-9));
        assertThat(prometheus.ask(QUERY, "cart_size_bucket")).isEmpty();
        assertThat(traceOf("cart_size")).isEqualTo(TestSignals.TRACE_ID);

        assertThat(value(prometheus.await(QUERY, "histogram_quantile(0.5, cart_time_milliseconds_bucket)")))
                .isEqualTo(10.0);
        assertThat(traceOf("cart_time_milliseconds_bucket")).isEqualTo(TestSignals.TRACE_ID);
    }

    @Test
    void push_arrivesWithTheLabelsOfTheScrape_andAgainChangesNothing() throws Exception {
        startReceiving();
        long now = System.currentTimeMillis() * 1_000_000;
        long before = now - 5_000_000_000L;
        List<Signal> batch = List.of(
                TestSignals.sum("cart.adds", Map.of(), 1, before, 11),
                TestSignals.sum("cart.adds", Map.of(), 1, now, 12),
                TestSignals.at(now, TestSignals.histogram(new MetricInfo("cart.time", "", "ms"), Map.of(), exemplar())),
                TestSignals.at(now, TestSignals.exponential(new MetricInfo("cart.size", "", ""), Map.of())));

        assertThat(deadLettersOf(batch)).isEmpty();
        assertThat(deadLettersOf(batch)).as("the same once more").isEmpty();

        JsonNode counter = prometheus.await(QUERY, "cart_adds_total" + SHOP);
        assertThat(value(counter)).isEqualTo(12);
        assertThat(counter.at("/0/metric/job").asText()).isEqualTo("shop");
        assertThat(value(prometheus.await(QUERY, "count_over_time(cart_adds_total[1m])")))
                .isEqualTo(2);
        assertThat(value(prometheus.await(QUERY, "cart_time_milliseconds_bucket{le=\"100\"}")))
                .isEqualTo(3);
        assertThat(value(prometheus.await(QUERY, "histogram_quantile(1, cart_size" + SHOP + ")")))
                .isEqualTo(8);
        assertThat(traceOf("cart_time_milliseconds_bucket")).isEqualTo(TestSignals.TRACE_ID);
    }

    @Test
    void push_pointFarInTheFuture_isTheOnlyDeadLetter() throws Exception {
        startReceiving();
        long now = System.currentTimeMillis() * 1_000_000;
        Signal wrong = TestSignals.sum("wrong", Map.of(), 1, now + 3_600_000_000_000L, 1);

        List<Signal> lost = deadLettersOf(List.of(
                TestSignals.sum("good", Map.of("n", "1"), 1, now, 1),
                wrong,
                TestSignals.sum("good", Map.of("n", "2"), 1, now, 2)));

        assertThat(lost).containsExactly(wrong);
        assertThat(value(prometheus.await(QUERY, "sum(good_total)"))).isEqualTo(3);
        assertThat(prometheus.ask(QUERY, "wrong_total")).isEmpty();
    }

    /** Halves what is too large, as the host does; what is left as rejected. */
    private List<Signal> deadLettersOf(List<Signal> batch) throws InterruptedException {
        Outcome outcome = exporter.export(batch);
        if (outcome instanceof Outcome.TooLarge && batch.size() > 1) {
            List<Signal> lost = new ArrayList<>(deadLettersOf(batch.subList(0, batch.size() / 2)));
            lost.addAll(deadLettersOf(batch.subList(batch.size() / 2, batch.size())));
            return lost;
        }
        if (outcome instanceof Outcome.Rejected) {
            return batch;
        }
        assertThat(outcome).isEqualTo(Outcome.delivered());
        return List.of();
    }

    private void serve() {
        exporter = exporter(Map.of("prometheus.port", "0"));
    }

    private void startScraping(String setting, List<String> flags) throws IOException, InterruptedException {
        String config = """
                global: {scrape_interval: 1s}
                scrape_configs:
                  - job_name: plumbline
                    honor_labels: true
                    static_configs: [{targets: ['%s']}]
                    %s
                """.formatted(exporter.links().get("metrics").getAuthority(), setting);
        prometheus = PrometheusProcess.start(program, directory, config, flags);
    }

    /** Since 3.8 a setting, which earlier versions refuse; before that a feature. */
    private void startScrapingNativeHistograms() throws IOException, InterruptedException {
        try {
            startScraping("scrape_native_histograms: true", List.of("--enable-feature=exemplar-storage"));
        } catch (IllegalStateException e) {
            assertThat(e.getMessage()).contains("scrape_native_histograms not found");
            startScraping("", List.of("--enable-feature=exemplar-storage,native-histograms"));
        }
    }

    private void startReceiving() throws IOException, InterruptedException {
        boolean byFlag = help.contains("web.enable-otlp-receiver");
        runs(
                byFlag || help.contains("otlp-write-receiver"),
                "this prometheus has no OTLP receiver: 2.47 is the first that has, and Debian's packages leave it out up to"
                        + " 3.5.3; PLUMBLINE_PROMETHEUS names one that has");
        String features = "exemplar-storage" + (help.contains("native-histograms") ? ",native-histograms" : "");
        prometheus = PrometheusProcess.start(
                program,
                directory,
                "global: {scrape_interval: 1m}\n",
                byFlag
                        ? List.of("--web.enable-otlp-receiver", "--enable-feature=" + features)
                        : List.of("--enable-feature=otlp-write-receiver," + features));
        exporter = exporter(Map.of(
                "prometheus.push", prometheus.uri("/api/v1/otlp/v1/metrics").toString()));
    }

    private String traceOf(String series) throws IOException, InterruptedException {
        String path = "/api/v1/query_exemplars?start=0&end="
                + Instant.now().plusSeconds(600).getEpochSecond() + "&query=";
        return prometheus
                .await(path, series)
                .at("/0/exemplars/0/labels/trace_id")
                .asText();
    }

    private static void runs(boolean condition, String otherwise) {
        if (!condition) {
            System.out.println("RealPrometheusTest skipped: " + otherwise);
        }
        assumeTrue(condition, otherwise);
    }

    private static double value(JsonNode result) {
        assertThat(result).hasSize(1);
        return result.at("/0/value/1").asDouble();
    }

    private static Exporter exporter(Map<String, String> settings) {
        return new PrometheusExporterFactory().create(ExporterSettings.of("prometheus", settings));
    }

    private static Exemplar exemplar() {
        return new Exemplar(
                42, System.currentTimeMillis() * 1_000_000, Map.of(), TestSignals.TRACE_ID, TestSignals.SPAN_ID);
    }
}
