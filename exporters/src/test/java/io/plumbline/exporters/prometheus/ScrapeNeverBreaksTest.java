package io.plumbline.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.exporters.Source;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.MetricInfo;
import io.plumbline.exporters.signal.MetricSignal;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, types and units that get into each other's way, in many orders: what is exposed is always consistent. */
class ScrapeNeverBreaksTest {

    private static final List<String> NAMES = List.of(
            "a",
            "a.b",
            "a_b",
            "a_total",
            "a_count",
            "a_sum",
            "a_bucket",
            "a_created",
            "a_info",
            "a_seconds",
            "a_seconds_total",
            "a_ratio",
            "_total",
            "",
            "1a",
            "a:b",
            "\u00e4",
            "__",
            "a_bucket_total",
            "total",
            "info");

    private static final List<String> UNITS = List.of("", "s", "1", "total", "info", "{x}", "bucket", "\u00b5s", "%/");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void snapshot_clashingFamilies_isConsistent(long seed) {
        SeriesStore store = new SeriesStore(Duration.ofMinutes(5), 10_000, () -> 0);
        List<MetricSignal> signals = signals();
        Collections.shuffle(signals, new Random(seed));

        long taken = signals.stream().filter(signal -> isTaken(store, signal)).count();

        assertThat(taken).isPositive().isLessThan(signals.size());
        assertConsistent(ExpositionFormats.init().getPrometheusTextFormatWriter(), store);
        assertConsistent(ExpositionFormats.init().getOpenMetricsTextFormatWriter(), store);
    }

    private static void assertConsistent(ExpositionFormatWriter writer, SeriesStore store) {
        List<String> lines = writer.toDebugString(store.snapshot()).lines().toList();
        assertThat(lines.stream().filter(line -> line.startsWith("# TYPE")).map(line -> line.split(" ", -1)[2]))
                .doesNotHaveDuplicates();
        assertThat(lines.stream().filter(line -> !line.startsWith("#")).map(line -> line.split(" ", -1)[0]))
                .doesNotHaveDuplicates()
                .allMatch(sample -> sample.matches("[a-zA-Z_:][a-zA-Z0-9_:]*(\\{.*})?"));
    }

    private static boolean isTaken(SeriesStore store, MetricSignal signal) {
        try {
            store.put(signal, new Source("otlp_metrics", 0));
            return true;
        } catch (UnfitPointException e) {
            assertThat(e.getMessage()).isNotBlank();
            return false;
        }
    }

    private static List<MetricSignal> signals() {
        List<MetricSignal> signals = new ArrayList<>();
        for (String name : NAMES) {
            for (String unit : UNITS) {
                MetricInfo metric = new MetricInfo(name, "", unit);
                signals.addAll(Stream.of(
                                TestSignals.sum(metric, 1),
                                TestSignals.gauge(metric, Map.of(), 2, 3),
                                TestSignals.histogram(metric, Map.of()),
                                TestSignals.exponential(metric, Map.of("kind", "exponential")))
                        .toList());
            }
        }
        return signals;
    }
}
