package io.plumbline.pipeline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.ExporterReport;
import io.plumbline.config.wire.ExportingProcess;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShortReportTest {
    private static ExporterReport report(int probes, String error) {
        Map<String, Map<String, Long>> byProbe = new HashMap<>();
        for (int i = 1; i <= probes; i++) {
            byProbe.put("p" + i, Map.of("log", (long) i));
        }
        return new ExporterReport(
                new ExportingProcess("id", "host", 1, Instant.EPOCH),
                "hook",
                "delivering",
                Map.of("log", 1L),
                byProbe,
                0,
                0,
                Map.of(),
                Map.of(),
                0,
                error,
                Map.of());
    }

    @Test
    void of_manyProbesAndALongError_isSmall_andKeepsTheSum() {
        ExporterReport shortened = ShortReport.of(report(10_000, "x".repeat(100_000)), 3.5);

        assertThat(shortened.json().length()).isLessThan(20_000);
        assertThat(shortened.deliveredByProbe())
                .hasSize(ShortReport.MAX_PROBES + 1)
                .containsEntry("p10000", Map.of("log", 10_000L))
                .doesNotContainKey("p9800");
        long sum = shortened.deliveredByProbe().values().stream()
                .mapToLong(counts -> counts.get("log"))
                .sum();
        assertThat(sum).isEqualTo(10_000L * 10_001 / 2);
        assertThat(shortened.perSecond()).isEqualTo(3.5);
    }

    @Test
    void of_fewProbes_keepsThemAll() {
        ExporterReport report = report(ShortReport.MAX_PROBES, "short");

        assertThat(ShortReport.of(report, 0)).isEqualTo(report);
    }
}
