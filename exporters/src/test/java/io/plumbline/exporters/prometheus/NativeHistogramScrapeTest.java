package io.plumbline.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UnknownFieldSet;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.ExponentialHistogramSignal;
import io.plumbline.exporters.signal.MetricInfo;
import io.plumbline.exporters.signal.Signal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NativeHistogramScrapeTest {

    private static final String PROTOBUF =
            "application/vnd.google.protobuf; proto=io.prometheus.client.MetricFamily; encoding=delimited";
    private static final String LABELS = "instance=\"4f2a1c9e-0000\",probe=\"probe-7\",service=\"shop\"";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Exporter exporter =
            new PrometheusExporterFactory().create(ExporterSettings.of("prometheus", Map.of("prometheus.port", "0")));

    @AfterEach
    void close() {
        exporter.close();
    }

    /** Prometheus' metrics.proto: field 4 of a family is a metric, 7 of it a histogram; 5 schema, 7 zero count, 12 spans. */
    @Test
    void metrics_protobufAskedFor_exponentialHistogramIsNative() throws Exception {
        export(TestSignals.exponential(new MetricInfo("cart.size", "", ""), Map.of()));

        HttpResponse<byte[]> response = scrape(PROTOBUF + ";q=0.9,*/*;q=0.1");

        assertThat(response.headers().firstValue("Content-Type")).contains(PROTOBUF);
        UnknownFieldSet.Builder read = UnknownFieldSet.newBuilder();
        assertThat(read.mergeDelimitedFrom(new ByteArrayInputStream(response.body())))
                .isTrue();
        UnknownFieldSet family = read.build();
        UnknownFieldSet histogram = message(message(family, 4), 7);
        UnknownFieldSet span = message(histogram, 12);
        assertThat(family.getField(1).getLengthDelimitedList().get(0).toStringUtf8())
                .isEqualTo("cart_size");
        assertThat(histogram.getField(1).getVarintList()).as("count").containsExactly(7L);
        assertThat(histogram.getField(5).getVarintList()).as("schema").containsExactly(0L);
        assertThat(histogram.getField(7).getVarintList()).as("zero count").containsExactly(1L);
        assertThat(span.getField(1).getVarintList()).as("offset 1, zigzag").containsExactly(2L);
        assertThat(span.getField(2).getVarintList()).as("length").containsExactly(3L);
        assertThat(histogram.hasField(3)).as("classic buckets").isFalse();
    }

    /** All that the text formats have for it. */
    @Test
    void metrics_textAskedFor_exponentialHistogramIsCountAndSum() throws Exception {
        export(TestSignals.exponential(new MetricInfo("cart.size", "", ""), Map.of()));

        assertThat(new String(
                        scrape("application/openmetrics-text; version=1.0.0").body(), StandardCharsets.UTF_8))
                .contains("cart_size_bucket{" + LABELS + ",le=\"+Inf\"} 7\n")
                .contains("cart_size_count{" + LABELS + "} 7\n")
                .contains("cart_size_sum{" + LABELS + "} 17.5\n");
    }

    @Test
    void export_exponentialHistogramTooCoarse_isRejected() throws Exception {
        ExponentialHistogramSignal fits = TestSignals.exponential(new MetricInfo("cart.size", "", ""), Map.of());
        ExponentialHistogramSignal coarse = new ExponentialHistogramSignal(
                fits.resource(),
                fits.metric(),
                fits.attributes(),
                fits.startTimeUnixNano(),
                fits.timeUnixNano(),
                -5,
                fits.zeroCount(),
                fits.zeroThreshold(),
                fits.positive(),
                fits.negative(),
                fits.sum(),
                fits.exemplars(),
                fits.wireBytes());

        assertThat(exporter.export(List.of(coarse)).toString()).contains("its scale must be >= -4: -5");
    }

    private static UnknownFieldSet message(UnknownFieldSet of, int field) throws IOException {
        return UnknownFieldSet.parseFrom(
                of.getField(field).getLengthDelimitedList().get(0));
    }

    private void export(Signal signal) throws InterruptedException {
        assertThat(exporter.export(List.of(signal))).isEqualTo(Outcome.delivered());
    }

    private HttpResponse<byte[]> scrape(String accept) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(exporter.links().get("metrics"))
                .header("Accept", accept)
                .build();
        return http.send(request, BodyHandlers.ofByteArray());
    }
}
