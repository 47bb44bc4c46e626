package io.plumbline.exporters.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.Source;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.MetricInfo;
import io.plumbline.exporters.signal.MetricSignal;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class SeriesStoreTest {

    private static final Source HERE = new Source("otlp_metrics", 0);
    private static final Source THERE = new Source("otlp_metrics", 1);
    private static final Duration EXPIRE_AFTER = Duration.ofMinutes(5);

    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final SeriesStore store = new SeriesStore(EXPIRE_AFTER, 4, clock::get);

    @Test
    void put_olderPoint_neverReplacesNewer() throws UnfitPointException {
        put(counter(1, 20, 5));

        put(counter(1, 10, 4));

        assertThat(exposed()).contains("} 5.0");
    }

    @Test
    void put_samePointAgain_changesNothing() throws UnfitPointException {
        put(counter(1, 20, 5));
        put(counter(1, 20, 5));

        assertThat(store.seriesCount()).isEqualTo(1);
    }

    @Test
    void put_laterStart_isRestart() throws UnfitPointException {
        put(counter(1, 20, 500));

        put(counter(15, 16, 1));

        assertThat(exposed()).contains("} 1.0");
    }

    @Test
    void put_earlierStart_isThePastEvenIfItsTimeIsLater() throws UnfitPointException {
        put(counter(15, 16, 1));

        put(counter(1, 20, 500));

        assertThat(exposed()).contains("} 1.0");
    }

    @Test
    void snapshot_seriesWithoutPoints_expires() throws UnfitPointException {
        put(counter(1, 2, 3));
        clock.addAndGet(EXPIRE_AFTER.toNanos());
        assertThat(store.seriesCount()).isEqualTo(1);

        clock.incrementAndGet();

        assertThat(store.snapshot().size()).isZero();
        assertThat(store.seriesCount()).isZero();
    }

    @Test
    void put_repeatedOldPoint_doesNotKeepSeriesAlive() throws UnfitPointException {
        put(counter(1, 20, 3));
        clock.addAndGet(EXPIRE_AFTER.toNanos());
        put(counter(1, 10, 2));

        clock.incrementAndGet();

        assertThat(store.seriesCount()).isZero();
    }

    @Test
    void put_otherTypeOfSameName_isRejectedAndTheFirstStays() throws UnfitPointException {
        put(counter(1, 2, 3));

        assertRejected(TestSignals.histogram(new MetricInfo("hits", "", ""), Map.of()), "belongs to counter hits");
        assertThat(exposed()).contains("hits_total{").doesNotContain("bucket");
    }

    @Test
    void put_otherUnit_isAnotherFamily() throws UnfitPointException {
        put(TestSignals.sum(new MetricInfo("hits", "", "s"), 1));
        put(TestSignals.sum(new MetricInfo("hits", "", "ms"), 2));

        assertThat(exposed()).contains("hits_seconds_total{", "hits_milliseconds_total{");
    }

    @Test
    void put_unitThatIsInTheNameAlready_clashes() throws UnfitPointException {
        put(TestSignals.sum(new MetricInfo("hits_seconds", "", ""), 1));

        assertRejected(TestSignals.sum(new MetricInfo("hits", "", "s"), 1), "belongs to counter hits_seconds");
    }

    @Test
    void put_nameOfAnothersSeries_isRejected() throws UnfitPointException {
        put(TestSignals.histogram(new MetricInfo("time", "", ""), Map.of()));

        assertRejected(gauge("time_count"), "belongs to histogram time");
    }

    @Test
    void put_familyWhoseSeriesNameIsTaken_isRejected() throws UnfitPointException {
        put(gauge("time_count"));

        assertRejected(TestSignals.histogram(new MetricInfo("time", "", ""), Map.of()), "belongs to gauge time_count");
    }

    @Test
    void put_gaugeCalledTotal_isExposedOrRejectedButNeverBreaksTheScrape() throws UnfitPointException {
        put(gauge("disk_total"));
        assertRejected(TestSignals.sum("disk", Map.of(), 1, 2, 3), "belongs to gauge disk_total");

        assertThat(exposed()).contains("disk_total{");
    }

    @Test
    void put_namesThatBecomeEqual_isRejected() throws UnfitPointException {
        put(TestSignals.sum("cart.adds", Map.of(), 1, 2, 3));

        assertRejected(TestSignals.sum("cart_adds", Map.of(), 1, 2, 3), "rename one of them");
    }

    @Test
    void put_labelsThatBecomeEqual_isRejected() throws UnfitPointException {
        put(TestSignals.sum("hits", Map.of("a.b", "1"), 1, 2, 3));

        assertRejected(TestSignals.sum("hits", Map.of("a_b", "1"), 1, 2, 4), "become the same labels");
        assertThat(exposed()).contains("} 3.0");
    }

    @Test
    void put_otherHelp_keepsTheFirstTextAndThePoint() throws UnfitPointException {
        put(TestSignals.sum(new MetricInfo("hits", "first", ""), 1));
        put(TestSignals.sum(new MetricInfo("hits", "second", ""), 2));

        assertThat(exposed()).contains("# HELP hits_total first", "} 2.0");
    }

    @Test
    void put_otherLabelNames_standSideBySide() throws UnfitPointException {
        put(TestSignals.sum("hits", Map.of("a", "1"), 1, 2, 3));
        put(TestSignals.sum("hits", Map.of("b", "1"), 1, 2, 3));

        assertThat(store.seriesCount()).isEqualTo(2);
        assertThat(exposed()).contains("{a=\"1\"", "{b=\"1\"");
    }

    @Test
    void put_nameFreedByExpiry_isTaken() throws UnfitPointException {
        put(counter(1, 2, 3));
        clock.addAndGet(EXPIRE_AFTER.toNanos() + 1);

        put(gauge("hits"));

        assertThat(exposed()).contains("# TYPE hits gauge").doesNotContain("counter");
    }

    @Test
    void put_moreSeriesThanAllowed_isRejectedWithRemedy() throws UnfitPointException {
        for (int i = 0; i < 4; i++) {
            put(TestSignals.sum("hits", Map.of("i", (long) i), 1, 2, 3));
        }

        assertRejected(TestSignals.sum("hits", Map.of("i", 4L), 1, 2, 3), "raise prometheus.max-series");
        put(TestSignals.sum("hits", Map.of("i", 3L), 1, 3, 9));
        assertThat(exposed()).contains("} 9.0");
    }

    @Test
    void forget_source_takesItsSeriesAtOnceAndNoOther() throws UnfitPointException {
        store.put(counter(1, 2, 3), HERE);
        store.put(gauge("kept"), THERE);

        store.forget(Set.of(HERE));

        assertThat(exposed()).contains("kept{").doesNotContain("hits");
        assertThat(store.seriesCount()).isEqualTo(1);
        put(gauge("hits"));
        assertThat(exposed()).as("its name is free again").contains("# TYPE hits gauge");
    }

    @Test
    void forget_sourceOfAnEarlierPoint_keepsTheSeries() throws UnfitPointException {
        store.put(counter(1, 20, 5), HERE);
        store.put(counter(1, 21, 6), THERE);
        store.put(counter(1, 19, 4), HERE);

        store.forget(Set.of(HERE));

        assertThat(exposed()).contains("} 6.0");
    }

    private void put(MetricSignal signal) throws UnfitPointException {
        store.put(signal, HERE);
    }

    private void assertRejected(MetricSignal signal, String reason) {
        assertThatThrownBy(() -> put(signal))
                .isInstanceOf(UnfitPointException.class)
                .hasMessageContaining(reason);
    }

    private String exposed() {
        return ExpositionFormats.init().getPrometheusTextFormatWriter().toDebugString(store.snapshot());
    }

    private static MetricSignal counter(long start, long time, double value) {
        return TestSignals.sum("hits", Map.of(), start, time, value);
    }

    private static MetricSignal gauge(String name) {
        return TestSignals.gauge(new MetricInfo(name, "", ""), Map.of(), 2, 3);
    }
}
