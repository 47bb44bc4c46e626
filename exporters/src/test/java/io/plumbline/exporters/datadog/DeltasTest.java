package io.plumbline.exporters.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.datadog.CumulativePoint.Source;
import io.plumbline.exporters.datadog.Deltas.Delta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Times are seconds since the exporter's start. */
class DeltasTest {
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Deltas.Key HITS = key("hits", "a");

    private final SetClock clock = new SetClock();
    private final long startMillis = clock.millis();
    private Deltas deltas = new Deltas(10, clock);

    @Test
    void first_beganAfterOurStart_countsWhole() throws UnfitException {
        assertThat(sent(HITS, point(1, 10, 7))).contains(7.0);
    }

    @Test
    void first_beganBeforeOurStart_isOnlyABase() throws UnfitException {
        assertThat(sent(HITS, point(-100, 10, 7))).isEmpty();
        assertThat(sent(HITS, point(-100, 11, 9))).contains(2.0);
    }

    @Test
    void first_startUnknown_isOnlyABase() throws UnfitException {
        assertThat(sent(HITS, pointOf(0, nanos(10), 7))).isEmpty();
        assertThat(sent(HITS, pointOf(0, nanos(11), 9))).contains(2.0);
    }

    @Test
    void first_withinAnIntervalOfItsStart_countsWhole() throws UnfitException {
        assertThat(sent(HITS, point(-100, -99, 7)))
                .as("began while no exporter ran, and waited in Kafka")
                .contains(7.0);
        assertThat(sent(key("hits", "b"), point(-100, -98, 7))).isEmpty();
    }

    @Test
    void first_ofAnInstrumentThatWasSeenForMinutes_countsWhole() throws UnfitException {
        sent(HITS, point(-100, 0, 7));
        sent(HITS, point(-100, 299, 8));
        assertThat(sent(key("hits", "early"), point(-100, 299, 5))).isEmpty();

        assertThat(sent(key("hits", "late"), point(-100, 300, 5))).contains(5.0);
        assertThat(sent(key("other", "late"), point(-100, 300, 5))).isEmpty();
    }

    @Test
    void restart_ofTheExporter_countsNothingTwice() throws UnfitException {
        double before = sent(HITS, point(1, 10, 7)).orElseThrow();
        clock.advance(Duration.ofSeconds(12));
        deltas = new Deltas(10, clock);
        Optional<Double> first = sent(HITS, point(1, 13, 9));
        double after = sent(HITS, point(1, 14, 12)).orElseThrow();

        assertThat(first).isEmpty();
        assertThat(before + after)
                .as("9 - 7 came in the interval of the restart")
                .isEqualTo(12 - (9 - 7));
    }

    @Test
    void reset_newStart_countsWhole() throws UnfitException {
        sent(HITS, point(1, 10, 7));

        assertThat(sent(HITS, point(12, 13, 9))).contains(9.0);
        assertThat(sent(HITS, point(12, 14, 10))).contains(1.0);
    }

    @Test
    void reset_ofWhatBeganBeforeUs_countsWhole() throws UnfitException {
        sent(HITS, point(-100, 10, 700));

        assertThat(sent(HITS, point(12, 13, 9))).contains(9.0);
    }

    @Test
    void reset_smallerValue_countsWhole() throws UnfitException {
        sent(HITS, point(1, 10, 7));

        assertThat(sent(HITS, point(1, 13, 3))).contains(3.0);
    }

    @Test
    void outOfOrder_tellsNothingAndChangesNothing() throws UnfitException {
        sent(HITS, point(1, 10, 7));

        assertThat(sent(HITS, point(1, 9, 5))).isEmpty();
        assertThat(sent(HITS, point(1, 10, 7))).as("the same again").isEmpty();
        assertThat(sent(HITS, point(1, 11, 8))).contains(1.0);
    }

    @Test
    void outOfOrder_ofAnEarlierLife_tellsNothing() throws UnfitException {
        sent(HITS, point(12, 13, 2));

        assertThat(sent(HITS, point(1, 14, 700))).isEmpty();
        assertThat(sent(HITS, point(12, 15, 3))).contains(1.0);
    }

    @Test
    void forget_givesTheSameAgain() throws UnfitException {
        sent(HITS, point(1, 10, 7));
        Delta failed = deltas.of(HITS, point(1, 11, 9)).orElseThrow();
        deltas.keep();
        deltas.forget();
        Delta again = deltas.of(HITS, point(1, 11, 9)).orElseThrow();
        deltas.keep();
        deltas.commit();

        assertThat(again.counts()).containsExactly(2.0).isEqualTo(failed.counts());
        assertThat(again.second()).isEqualTo(failed.second());
        assertThat(sent(HITS, point(1, 12, 10))).contains(1.0);
    }

    @Test
    void forget_ofABase_givesTheSameAgain() throws UnfitException {
        deltas.of(HITS, point(-100, 10, 7));
        deltas.keep();
        deltas.forget();

        assertThat(sent(HITS, point(-100, 10, 7))).isEmpty();
        assertThat(sent(HITS, point(-100, 11, 8))).contains(1.0);
    }

    @Test
    void of_notKept_isNotRemembered() throws UnfitException {
        deltas.of(HITS, point(1, 10, 7));

        assertThat(sent(HITS, point(1, 10, 7)))
                .as("it did not fit into the request before")
                .contains(7.0);
    }

    @Test
    void drafted_isWhatTheNextIsMeasuredBy() throws UnfitException {
        deltas.of(HITS, point(1, 10, 7));
        deltas.keep();

        assertThat(deltas.of(HITS, point(1, 11, 9)).orElseThrow().counts()).containsExactly(2.0);
    }

    @Test
    void second_isNeverTheSameTwice() throws UnfitException {
        long second = nanos(10) / 1_000_000_000;
        for (int i = 0; i < 5; i++) {
            Delta delta =
                    deltas.of(HITS, pointOf(nanos(1), nanos(10) + i, i + 1)).orElseThrow();
            deltas.keep();
            deltas.commit();
            assertThat(delta.second()).isEqualTo(second + i);
        }
    }

    @Test
    void second_runsAheadAMinuteAtMostAndNothingIsLost() throws UnfitException {
        double sum = 0;
        for (int i = 1; i <= 100; i++) {
            sum += sent(HITS, pointOf(nanos(1), nanos(10) + i, i)).orElse(0.0);
        }
        assertThat(sum).isEqualTo(61);

        sum += sent(HITS, point(1, 12, 105)).orElse(0.0);
        assertThat(sum).isEqualTo(105);
    }

    @Test
    void histogram_otherBounds_areABase() throws UnfitException {
        sent(HITS, histogram(10, List.of(1.0), 1, 2));

        assertThat(deltas.of(HITS, histogram(11, List.of(2.0), 2, 2))).isEmpty();
        deltas.keep();
        assertThat(deltas.of(HITS, histogram(12, List.of(2.0), 2, 5))
                        .orElseThrow()
                        .counts())
                .containsExactly(0.0, 3.0);
    }

    @Test
    void histogram_oneBucketFell_countsWhole() throws UnfitException {
        sent(HITS, histogram(10, List.of(1.0), 5, 1));

        assertThat(deltas.of(HITS, histogram(11, List.of(1.0), 4, 9))
                        .orElseThrow()
                        .counts())
                .containsExactly(4.0, 9.0);
    }

    @Test
    void room_isBoundedAndSaidSo() throws UnfitException {
        for (int i = 0; i < 10; i++) {
            sent(key("hits", "n" + i), point(1, 10, 7));
        }

        assertThatThrownBy(() -> sent(HITS, point(1, 10, 7)))
                .isInstanceOf(UnfitException.class)
                .hasMessageContainingAll("10 series already", "datadog.max-series");
        assertThat(sent(key("hits", "n3"), point(1, 11, 8))).contains(1.0);
    }

    @Test
    void room_isBoundedWithinARequest() throws UnfitException {
        for (int i = 0; i < 10; i++) {
            deltas.of(key("hits", "n" + i), point(1, 10, 7));
            deltas.keep();
        }

        assertThatThrownBy(() -> deltas.of(HITS, point(1, 10, 7))).isInstanceOf(UnfitException.class);
    }

    @Test
    void notSeenForAnHour_isForgottenAndNotCountedAgain() throws UnfitException {
        sent(HITS, point(1, 10, 7));
        clock.advance(HOUR.plusMinutes(1));
        sent(key("other", "a"), point(3_000, 3_001, 1));

        assertThat(deltas.size()).isEqualTo(1);
        assertThat(sent(HITS, point(1, 3_700, 9)))
                .as("it was sent once, though we do not know how much of it")
                .isEmpty();
        assertThat(sent(key("new", "a"), point(3_650, 3_700, 9)))
                .as("what began later is new for sure")
                .contains(9.0);
    }

    @Test
    void seenWithinAnHour_isKept() throws UnfitException {
        sent(HITS, point(1, 10, 7));
        clock.advance(HOUR.minusMinutes(1));
        sent(HITS, point(1, 20, 7));
        clock.advance(HOUR.minusMinutes(1));

        assertThat(sent(HITS, point(1, 7_000, 8))).contains(1.0);
    }

    @Test
    void otherSourceWrittenAlike_isRefused() throws UnfitException {
        sent(HITS, point(1, 10, 7));
        CumulativePoint other = new CumulativePoint(
                new Source("hits", Map.of("n", "A")), nanos(1), nanos(11), List.of(), new double[] {9}, Double.NaN);

        assertThatThrownBy(() -> deltas.of(HITS, other))
                .isInstanceOf(UnfitException.class)
                .hasMessageContaining("rename one of them");
    }

    private Optional<Double> sent(Deltas.Key key, CumulativePoint point) throws UnfitException {
        Optional<Delta> delta = deltas.of(key, point);
        deltas.keep();
        deltas.commit();
        return delta.map(it -> it.counts()[0]);
    }

    private CumulativePoint point(long start, long time, double value) {
        return pointOf(nanos(start), nanos(time), value);
    }

    private static CumulativePoint pointOf(long start, long time, double value) {
        return new CumulativePoint(
                new Source("hits", Map.of()), start, time, List.of(), new double[] {value}, Double.NaN);
    }

    private CumulativePoint histogram(long time, List<Double> bounds, double... counts) {
        return new CumulativePoint(new Source("hits", Map.of()), nanos(1), nanos(time), bounds, counts, Double.NaN);
    }

    private long nanos(long second) {
        return startMillis * 1_000_000 + second * 1_000_000_000;
    }

    private static Deltas.Key key(String metric, String n) {
        return new Deltas.Key(metric, "web-1", List.of("n:" + n, "service:shop"));
    }
}
