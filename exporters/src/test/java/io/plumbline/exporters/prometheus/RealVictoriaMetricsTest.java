package io.plumbline.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.MetricInfo;
import io.plumbline.exporters.signal.Signal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real VictoriaMetrics takes what we push, as Debian's packages of Prometheus can't: its OTLP receiver is left out there. It runs where
 * the program {@code victoria-metrics} is on the PATH, or where the environment variable PLUMBLINE_VICTORIA_METRICS names it.
 */
@Timeout(120)
class RealVictoriaMetricsTest {
    private static final String QUERY = "/api/v1/query?query=";

    @TempDir
    private Path directory;

    @Test
    void push_arrives_andAgainChangesNothing() throws Exception {
        String program = PrometheusProcess.victoriaMetrics().orElse("");
        runs(!program.isEmpty(), "no program victoria-metrics on the PATH, and PLUMBLINE_VICTORIA_METRICS is not set");
        runs(
                PrometheusProcess.said(program, "--help").contains("opentelemetry.usePrometheusNaming"),
                "this victoria-metrics is too old to name what it gets by OTLP as Prometheus does; Debian 13's is not");
        try (PrometheusProcess victoria = PrometheusProcess.startVictoriaMetrics(program, directory);
                Exporter exporter = new PrometheusExporterFactory()
                        .create(ExporterSettings.of(
                                "prometheus",
                                Map.of(
                                        "prometheus.push",
                                        victoria.uri("/opentelemetry/v1/metrics")
                                                .toString())))) {
            long now = System.currentTimeMillis() * 1_000_000;
            List<Signal> batch = List.of(
                    TestSignals.sum("cart.adds", Map.of(), 1, now - 5_000_000_000L, 11),
                    TestSignals.sum("cart.adds", Map.of(), 1, now, 12),
                    TestSignals.at(now, TestSignals.histogram(new MetricInfo("cart.time", "", "ms"), Map.of())));

            assertThat(exporter.export(batch)).isEqualTo(Outcome.delivered());
            assertThat(exporter.export(batch)).as("the same once more").isEqualTo(Outcome.delivered());

            JsonNode counter = victoria.await(QUERY, "cart_adds_total == 12");
            assertThat(counter).hasSize(1);
            assertThat(counter.at("/0/metric/probe").asText()).isEqualTo("probe-7");
            assertThat(counter.at("/0/metric/service").asText()).isEqualTo("shop");
            assertThat(victoria.await(QUERY, "count_over_time(cart_adds_total[1m])")
                            .at("/0/value/1")
                            .asInt())
                    .isEqualTo(2);
            assertThat(victoria.await(QUERY, "cart_time_milliseconds_bucket{le=\"100\"}")
                            .at("/0/value/1")
                            .asInt())
                    .isEqualTo(3);
        }
    }

    private static void runs(boolean condition, String otherwise) {
        if (!condition) {
            System.out.println("RealVictoriaMetricsTest skipped: " + otherwise);
        }
        assumeTrue(condition, otherwise);
    }
}
