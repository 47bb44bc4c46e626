package io.plumbline.exporters.signal;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.plumbline.exporters.kit.TestSignals;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricWriterTest {

    private static final MetricInfo CARTS = new MetricInfo("cart.time", "What carts take", "ms");
    private static final Exemplar EXEMPLAR =
            new Exemplar(42, TestSignals.TIME, Map.of("cart.id", 7L), TestSignals.TRACE_ID, TestSignals.SPAN_ID);

    private static final List<MetricSignal> ALL_KINDS = List.of(
            TestSignals.sum(CARTS, 12, EXEMPLAR),
            TestSignals.gauge(CARTS, Map.of("k", "v"), TestSignals.TIME, 0.5),
            TestSignals.histogram(CARTS, Map.of("n", 3L), EXEMPLAR),
            TestSignals.exponential(CARTS, Map.of("b", true), EXEMPLAR));

    @Test
    void write_allKinds_areReadAsTheSame() throws Exception {
        byte[] request = OtlpEncoder.metrics(ALL_KINDS, MetricSignal::attributes);

        // A request has the form of MetricsData.
        Decoded read = OtlpDecoder.decode(SignalKind.METRIC, request);

        assertThat(read.refused()).isEmpty();
        assertThat(read.signals())
                .usingRecursiveComparison()
                .ignoringFields("wireBytes")
                .isEqualTo(ALL_KINDS);
    }

    @Test
    void write_sumsThatNobodySent_areNotInvented() throws Exception {
        HistogramSignal histogram = new HistogramSignal(
                TestSignals.SHOP, CARTS, Map.of(), 1, 2, List.of(), List.of(3L), Double.NaN, List.of(), 9);

        byte[] request = OtlpEncoder.metrics(List.of(histogram), MetricSignal::attributes);

        HistogramSignal read = (HistogramSignal)
                OtlpDecoder.decode(SignalKind.METRIC, request).signals().get(0);
        assertThat(read.sum()).isNaN();
        assertThat(read.count()).isEqualTo(3);
    }

    @Test
    void write_neighboursOfOneMetric_standTogether_withTheGivenAttributes() throws Exception {
        List<MetricSignal> points = List.of(
                TestSignals.sum("hits", Map.of("n", 1L), 1, 2, 3),
                TestSignals.sum("hits", Map.of("n", 2L), 1, 2, 4),
                TestSignals.sum("misses", Map.of(), 1, 2, 5));

        ExportMetricsServiceRequest request =
                ExportMetricsServiceRequest.parseFrom(OtlpEncoder.metrics(points, point -> Map.of("only", "this")));

        var metrics = request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList();
        assertThat(request.getResourceMetricsCount()).isEqualTo(1);
        assertThat(metrics).extracting(it -> it.getSum().getDataPointsCount()).containsExactly(2, 1);
        assertThat(metrics.get(0).getSum().getDataPoints(0).getAttributesList())
                .singleElement()
                .satisfies(it -> assertThat(it.getKey()).isEqualTo("only"));
    }
}
