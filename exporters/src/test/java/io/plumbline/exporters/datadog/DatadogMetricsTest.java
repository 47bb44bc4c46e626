package io.plumbline.exporters.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.HttpExporterKit;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.ScriptedBackend.Request;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.GaugeSignal;
import io.plumbline.exporters.signal.HistogramSignal;
import io.plumbline.exporters.signal.MetricInfo;
import io.plumbline.exporters.signal.Resource;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.exporters.signal.SumSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class DatadogMetricsTest extends HttpExporterKit {
    private static final long SECOND = 1_000_000_000L;
    private static final MetricInfo TOTAL = new MetricInfo("cart.total", "", "ms");

    private final SetClock clock = new SetClock();

    @Override
    protected ExporterFactory factory() {
        return new OneKindFactory(SignalKind.METRIC, clock);
    }

    @Override
    protected Map<String, String> settings(URI backend, Duration timeout) {
        return Map.of(
                "datadog.api-key", secret(),
                "datadog.logs.url", backend.toString(),
                "datadog.api.url", backend.toString(),
                "datadog.tags", "team:cart",
                "datadog.timeout", timeout.toMillis() + "ms");
    }

    @Override
    protected String secret() {
        return "0123456789abcdef-secret";
    }

    @Override
    protected Reply accepted(Request request) {
        return Reply.status(202).body("{\"errors\":[]}");
    }

    @Test
    void export_counter_isACountWithHostAndTags() throws InterruptedException {
        Resource resource = Resource.of(Map.of(
                "service.name", "shop", "service.instance.id", "i-1", "host.name", "web-1", "service.version", "1.2"));
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("Tier", "Gold, old");
        attributes.put("plumbline.probe.id", "p-1");
        exporter()
                .export(List.of(new SumSignal(
                        resource,
                        new MetricInfo("shop orders/s", "", "By"),
                        attributes,
                        TestSignals.START,
                        TestSignals.TIME,
                        7,
                        List.of(),
                        100)));

        Request request = backend().requests().get(0);
        assertThat(request.path()).isEqualTo("/api/v2/series");
        assertThat(request.headers()).containsEntry("dd-api-key", secret()).containsEntry("content-encoding", "gzip");
        JsonNode series = Json.of(request).get("series").get(0);
        assertThat(series.get("metric").asText()).isEqualTo("shop_orders_s");
        assertThat(series.get("type").asInt()).isEqualTo(1);
        assertThat(series.get("unit").asText()).isEqualTo("byte");
        assertThat(series.get("points").toString())
                .isEqualTo("[{\"timestamp\":" + TestSignals.TIME / SECOND + ",\"value\":7.0}]");
        assertThat(series.get("resources").toString()).isEqualTo("[{\"name\":\"web-1\",\"type\":\"host\"}]");
        assertThat(series.get("tags").toString())
                .isEqualTo("[\"instance:i-1\",\"probe:p-1\",\"service:shop\",\"team:cart\",\"tier:gold__old\","
                        + "\"version:1.2\"]");
    }

    @Test
    void export_gauge_isAGauge() throws InterruptedException {
        exporter().export(List.of(TestSignals.gauge(TOTAL, Map.of("n", 1L), TestSignals.TIME, -2.5)));

        JsonNode series = Json.of(backend().requests().get(0)).get("series").get(0);
        assertThat(series.get("type").asInt()).isEqualTo(3);
        assertThat(series.get("unit").asText()).isEqualTo("millisecond");
        assertThat(series.get("points").get(0).get("value").asDouble()).isEqualTo(-2.5);
    }

    @Test
    void export_histogram_isACountForEachBucketThatGrew() throws InterruptedException {
        exporter().export(List.of(histogram(List.of(2L, 0L, 1L), 523.5, 0)));
        exporter().export(List.of(histogram(List.of(2L, 1L, 1L), 500.5, SECOND)));

        assertThat(Json.series(backend().requests()))
                .containsExactly(
                        "cart.total.bucket[lower_bound:-inf, upper_bound:10]=2.0",
                        "cart.total.bucket[lower_bound:100.5, upper_bound:inf]=1.0",
                        "cart.total.count[]=3.0",
                        "cart.total.sum[]=523.5",
                        "cart.total.bucket[lower_bound:10, upper_bound:100.5]=1.0",
                        "cart.total.count[]=1.0",
                        "cart.total.sum[]=-23.0");
    }

    @Test
    void export_histogramWithoutASum_hasNone() throws InterruptedException {
        exporter().export(List.of(histogram(List.of(2L, 0L, 1L), Double.NaN, 0)));

        assertThat(Json.series(backend().requests())).hasSize(3).noneMatch(it -> it.contains(".sum"));
    }

    @Test
    void export_cumulative_isSentAsWhatWasAdded() throws InterruptedException {
        exporter().export(List.of(sum(3, 0), sum(5, SECOND)));
        exporter().export(List.of(sum(5, 2 * SECOND), sum(11, 3 * SECOND)));

        assertThat(Json.series(backend().requests()))
                .containsExactly("hits[]=3.0", "hits[]=2.0", "hits[]=0.0", "hits[]=6.0");
    }

    @Test
    void export_failedAndRepeated_isCountedOnce() throws InterruptedException {
        exporter().export(List.of(sum(3, 0)));
        backend().next(Reply.status(503));
        backend().next(Reply.reset());
        List<Signal> batch = List.of(sum(5, SECOND), sum(9, 2 * SECOND));

        assertThat(exporter().export(batch)).isInstanceOf(Outcome.Retry.class);
        assertThat(exporter().export(batch)).isInstanceOf(Outcome.Retry.class);
        assertThat(exporter().export(batch)).isEqualTo(Outcome.delivered());
        assertThat(exporter().export(batch)).isEqualTo(Outcome.delivered());
        exporter().export(List.of(sum(10, 3 * SECOND)));

        assertThat(backend().requests()).hasSize(5);
        assertThat(backend().requests().get(1).text())
                .as("what may have arrived is repeated to the letter, second and value")
                .isEqualTo(backend().requests().get(3).text());
        assertThat(Json.series(backend().requests().subList(3, 5)))
                .containsExactly("hits[]=2.0", "hits[]=4.0", "hits[]=1.0");
    }

    @Test
    void export_refusedForGood_theNextPointHasItInIt() throws InterruptedException {
        exporter().export(List.of(sum(3, 0)));
        backend().next(Reply.status(400));
        assertThat(exporter().export(List.of(sum(5, SECOND)))).isInstanceOf(Outcome.Rejected.class);

        exporter().export(List.of(sum(9, 2 * SECOND)));

        assertThat(Json.series(backend().requests().subList(2, 3))).containsExactly("hits[]=6.0");
    }

    @Test
    void export_olderThanAnHour_isRejectedAndTheNextPointHasItInIt() throws InterruptedException {
        exporter().export(List.of(sum(3, 0)));
        clock.advance(Duration.ofHours(1));

        assertThat(exporter().export(List.of(sum(5, -SECOND / 2), sum(9, 2 * SECOND))))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        it -> assertThat(it.rejections())
                                .singleElement()
                                .matches(rejection -> rejection.index() == 0
                                        && !rejection.retryable()
                                        && rejection.reason().contains("last hour")));
        assertThat(Json.series(backend().requests())).containsExactly("hits[]=3.0", "hits[]=6.0");
    }

    @Test
    void export_moreThanTenMinutesAhead_isRejected() throws InterruptedException {
        assertThat(exporter().export(List.of(sum(3, Duration.ofMinutes(10).toNanos()), sum(4, 700 * SECOND))))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        it -> assertThat(it.rejections())
                                .singleElement()
                                .matches(rejection -> rejection.index() == 1
                                        && rejection.reason().contains("10 minutes")));
    }

    @Test
    void export_noNumber_isRejected() throws InterruptedException {
        GaugeSignal nan = TestSignals.gauge(TOTAL, Map.of(), TestSignals.TIME, Double.NaN);

        assertThat(exporter().export(List.of(nan, sum(Double.POSITIVE_INFINITY, 0))))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class, it -> assertThat(it.rejections()).hasSize(2));
        assertThat(backend().requests()).isEmpty();
    }

    @Test
    void export_exponentialHistogram_isRejectedWithTheRemedy() throws InterruptedException {
        assertThat(exporter().export(List.of(TestSignals.exponential(new MetricInfo("cart.size", "", ""), Map.of()))))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        partial -> assertThat(partial.rejections().get(0).reason())
                                .contains("let the producer of cart.size use explicit bounds"));
    }

    @Test
    void export_muchThatDoesNotPack_staysWithinTheLimits() throws Exception {
        Random random = new Random(7);
        List<Signal> batch = IntStream.range(0, 8_000)
                .mapToObj(i -> (Signal) TestSignals.sum(
                        "hits",
                        Map.of("n", Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong())),
                        TestSignals.START,
                        TestSignals.TIME,
                        i))
                .toList();

        assertThat(exporter().export(batch)).isEqualTo(Outcome.delivered());

        assertThat(backend().requests()).hasSizeGreaterThan(2);
        for (Request request : backend().requests()) {
            assertThat(request.body().length).isLessThanOrEqualTo(500_000);
            assertThat(packed(request.body())).isLessThanOrEqualTo(512_000);
        }
        assertThat(Json.series(backend().requests())).hasSize(8_000);
    }

    @Test
    void export_secondRequestFails_onlyItsPointsComeAgain() throws InterruptedException {
        List<Signal> batch = IntStream.range(0, 4_000)
                .mapToObj(i -> (Signal)
                        TestSignals.sum("hits", Map.of("n", (long) i), TestSignals.START, TestSignals.TIME, i + 1))
                .toList();
        backend().next(Reply.status(202));
        backend().next(Reply.status(503));
        Outcome outcome = exporter().export(batch);

        assertThat(outcome).isInstanceOf(Outcome.Partial.class);
        List<Signal> again = ((Outcome.Partial) outcome)
                .rejections().stream().map(it -> batch.get(it.index())).toList();
        assertThat(exporter().export(again)).isEqualTo(Outcome.delivered());

        List<Request> taken = new java.util.ArrayList<>(backend().requests());
        taken.remove(1);
        assertThat(Json.series(taken)).hasSize(4_000).doesNotHaveDuplicates();
    }

    @Test
    void links_siteUnknown_none() {
        assertThat(exporter().links()).isEmpty();
    }

    private static HistogramSignal histogram(List<Long> counts, double sum, long after) {
        return new HistogramSignal(
                TestSignals.SHOP,
                TOTAL,
                Map.of(),
                TestSignals.START,
                TestSignals.TIME + after,
                List.of(10.0, 100.5),
                counts,
                sum,
                List.of(),
                100);
    }

    private static SumSignal sum(double value, long after) {
        return TestSignals.sum("hits", Map.of(), TestSignals.START, TestSignals.TIME + after, value);
    }

    private static int packed(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        }
        return bytes.size();
    }
}
