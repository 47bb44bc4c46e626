package io.plumbline.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.SettingsException;
import io.plumbline.exporters.Source;
import io.plumbline.exporters.kit.ExporterKit;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.Exemplar;
import io.plumbline.exporters.signal.MetricInfo;
import io.plumbline.exporters.signal.Signal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class PrometheusExporterTest extends ExporterKit {

    private static final String OPEN_METRICS = "application/openmetrics-text; version=1.0.0";
    private static final String CLASSIC = "text/plain; version=0.0.4";
    private static final String LABELS = "instance=\"4f2a1c9e-0000\",probe=\"probe-7\",service=\"shop\"";

    private final HttpClient http = HttpClient.newHttpClient();

    @Override
    protected ExporterFactory factory() {
        return new PrometheusExporterFactory();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("prometheus.port", "0");
    }

    @Test
    void metrics_counter_hasTotalHelpUnitAndExemplar() throws Exception {
        Exemplar exemplar =
                new Exemplar(3, TestSignals.TIME, Map.of("cart.id", "77"), TestSignals.TRACE_ID, TestSignals.SPAN_ID);
        export(TestSignals.sum(new MetricInfo("cart.sent", "Bytes of carts", "By"), 12, exemplar));

        assertThat(metrics(OPEN_METRICS))
                .contains(
                        "# TYPE cart_sent_bytes counter\n# UNIT cart_sent_bytes bytes\n# HELP cart_sent_bytes Bytes of carts\n")
                .contains("cart_sent_bytes_total{" + LABELS + "} 12.0 # {cart_id=\"77\",span_id=\""
                        + TestSignals.SPAN_ID + "\",trace_id=\"" + TestSignals.TRACE_ID + "\"} 3.0 1795429867.250")
                .endsWith("# EOF\n");
    }

    @Test
    void metrics_classicText_hasNoExemplars() throws Exception {
        Exemplar exemplar = new Exemplar(3, TestSignals.TIME, Map.of(), TestSignals.TRACE_ID, TestSignals.SPAN_ID);
        export(TestSignals.sum(new MetricInfo("cart.adds", "", ""), 12, exemplar));

        HttpResponse<String> response = get("/metrics", "Accept", CLASSIC);

        assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(CLASSIC);
        assertThat(response.body()).contains("cart_adds_total{" + LABELS + "} 12.0\n");
    }

    @Test
    void metrics_histogram_hasBucketsWithExemplars() throws Exception {
        Exemplar exemplar = new Exemplar(42, TestSignals.TIME, Map.of(), TestSignals.TRACE_ID, "");
        export(TestSignals.histogram(new MetricInfo("cart.time", "", "ms"), Map.of(), exemplar));

        assertThat(metrics(OPEN_METRICS))
                .contains("# TYPE cart_time_milliseconds histogram")
                .contains("cart_time_milliseconds_bucket{" + LABELS + ",le=\"10.0\"} 2\n")
                .contains("cart_time_milliseconds_bucket{" + LABELS + ",le=\"100.0\"} 3 # {trace_id=\"")
                .contains("cart_time_milliseconds_bucket{" + LABELS + ",le=\"+Inf\"} 4\n")
                .contains("cart_time_milliseconds_count{" + LABELS + "} 4\n")
                .contains("cart_time_milliseconds_sum{" + LABELS + "} 523.5\n");
    }

    @Test
    void lost_source_takesItsSeriesOutOfTheScrape() throws Exception {
        Source here = new Source("otlp_metrics", 0);
        exporter().export(List.of(TestSignals.sum("hits", Map.of(), 1, 2, 3)), List.of(here));
        export(TestSignals.sum("misses", Map.of(), 1, 2, 3));

        exporter().lost(Set.of(here, new Source("otlp_metrics", 1)));

        assertThat(metrics(CLASSIC)).contains("misses_total").doesNotContain("hits");
    }

    @Test
    void metrics_exemplarTooLong_keepsTheIdsOnly() throws Exception {
        Exemplar exemplar = new Exemplar(
                3, TestSignals.TIME, Map.of("long", "x".repeat(100)), TestSignals.TRACE_ID, TestSignals.SPAN_ID);
        export(TestSignals.sum(new MetricInfo("cart.adds", "", ""), 12, exemplar));

        assertThat(metrics(OPEN_METRICS)).contains("# {span_id=").doesNotContain("xxx");
    }

    @Test
    void metrics_usersLabelsLikeOurs_arePrefixed() throws Exception {
        export(TestSignals.sum("hits", Map.of("service", "mine", "http.method", "GET", "_x", "1"), 1, 2, 3));

        assertThat(metrics(CLASSIC))
                .contains("exported_service=\"mine\"", "http_method=\"GET\"", "key_x=\"1\"", ",service=\"shop\"");
    }

    @Test
    void metrics_labelOfHistogramCalledLe_isPrefixed() throws Exception {
        export(TestSignals.histogram(new MetricInfo("h", "", ""), Map.of("le", "5")));

        assertThat(metrics(CLASSIC)).contains("exported_le=\"5\"");
    }

    @Test
    void metrics_hostileText_isEscaped() throws Exception {
        export(TestSignals.gauge(
                new MetricInfo("g", "two\nlines \\ and \"quotes\"", "1"), Map.of("k", "a\"b\nc\\d"), 2, 0.5));

        assertThat(metrics(CLASSIC))
                .contains("# HELP g_ratio two\\nlines \\\\ and \"quotes\"\n")
                .contains("k=\"a\\\"b\\nc\\\\d\"")
                .doesNotContain("\nlines");
    }

    @Test
    void metrics_gzipAccepted_isPacked() throws Exception {
        export(TestSignals.sum("hits", Map.of(), 1, 2, 3));
        HttpRequest request =
                HttpRequest.newBuilder(link()).header("Accept-Encoding", "gzip").build();

        byte[] body = http.send(request, BodyHandlers.ofByteArray()).body();

        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            assertThat(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
                    .contains("hits_total");
        }
    }

    @Test
    void export_mixedBatch_rejectsTheUnfitOnly() throws Exception {
        Outcome outcome = exporter()
                .export(List.of(
                        TestSignals.sum("hits", Map.of(), 1, 2, 3),
                        TestSignals.sum("misses", Map.of(), 1, 2, -1),
                        TestSignals.log("uid", "no metric"),
                        TestSignals.sum("other", Map.of(), 1, 2, 5)));

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        partial -> assertThat(partial.rejections())
                                .extracting(Outcome.Rejection::index)
                                .containsExactly(1, 2));
        assertThat(metrics(CLASSIC)).contains("hits_total", "other_total").doesNotContain("misses");
    }

    @Test
    void healthz_isOk() throws Exception {
        assertThat(get("/healthz", "Accept", "*/*").statusCode()).isEqualTo(200);
    }

    @Test
    void root_saysWhatIsThere() throws Exception {
        export(TestSignals.sum("hits", Map.of(), 1, 2, 3));

        assertThat(get("/", "Accept", "*/*").body()).contains("1 series", "href=\"/metrics\"");
    }

    @Test
    void unknownPath_isNotFound() throws Exception {
        assertThat(get("/metricsx", "Accept", "*/*").statusCode()).isEqualTo(404);
        assertThat(get("/nothing", "Accept", "*/*").statusCode()).isEqualTo(404);
    }

    @Test
    void post_isNotAllowed() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(link())
                .POST(BodyPublishers.ofString("x"))
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
    }

    @Test
    void head_hasNoBody() throws Exception {
        HttpRequest request = HttpRequest.newBuilder(link())
                .method("HEAD", BodyPublishers.noBody())
                .build();

        assertThat(http.send(request, BodyHandlers.ofString()).body()).isEmpty();
    }

    @Test
    void create_portInUse_namesSettingAndRemedy() {
        Map<String, String> samePort = Map.of("prometheus.port", Integer.toString(link().getPort()));

        assertThatThrownBy(() -> create(samePort))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("prometheus.port")
                .hasMessageContaining("choose another");
    }

    @Test
    void create_byDefault_listensOnLoopbackOnly() {
        assertThat(link().getHost()).isEqualTo("127.0.0.1");
    }

    @Test
    void close_freesThePort() {
        int port = link().getPort();
        exporter().close();

        create(Map.of("prometheus.port", Integer.toString(port))).close();
    }

    private void export(Signal signal) throws InterruptedException {
        assertThat(exporter().export(List.of(signal))).isEqualTo(Outcome.delivered());
    }

    private String metrics(String accept) throws IOException, InterruptedException {
        HttpResponse<String> response = get("/metrics", "Accept", accept);
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    private HttpResponse<String> get(String path, String header, String value)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(link().resolve(path))
                .header(header, value)
                .build();
        return http.send(request, BodyHandlers.ofString());
    }

    private URI link() {
        return exporter().links().get("metrics");
    }
}
