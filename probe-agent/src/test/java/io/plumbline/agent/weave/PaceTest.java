package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final long MILLI = 1_000_000;

    private final Pace pace = new Pace();

    /** Runs batches in a JVM of such costs; returns the size that it comes to. */
    private int settled(long fixedNanos, long classNanos) {
        for (int batch = 0; batch < 50; batch++) {
            pace.took(pace.size(), fixedNanos + classNanos * pace.size());
        }
        return pace.size();
    }

    @Test
    void size_whereClassesCostMuch_isSmall() {
        assertThat(settled(MILLI, 2 * MILLI)).isBetween(1, 4);
    }

    @Test
    void size_whereClassesCostLittle_growsToTheLargest() {
        assertThat(settled(MILLI, 10_000)).isEqualTo(Pace.LARGEST);
    }

    @Test
    void size_whereEachBatchCostsMuchWhateverIsInIt_growsAllTheSame() {
        assertThat(settled(60 * MILLI, 10_000)).isEqualTo(Pace.LARGEST);
    }

    @Test
    void size_afterOneSlowBatch_isNotGivenUp() {
        settled(5 * MILLI, 1_000);

        pace.took(Pace.LARGEST, 50 * MILLI);

        assertThat(pace.size()).isGreaterThan(Pace.LARGEST / 4);
    }

    @Test
    void size_afterManySlowBatches_shrinks() {
        settled(5 * MILLI, 1_000);

        assertThat(settled(5 * MILLI, 1_000_000)).isLessThan(8);
    }

    @Test
    void size_afterBatchesOfOneClass_staysAsItWas() {
        pace.took(1, MILLI);
        pace.took(1, MILLI);

        assertThat(pace.size()).isEqualTo(Pace.FIRST);
    }

    @Test
    void took_rest_isAsLongAsThePauseUpToABound() {
        assertThat(pace.took(1, 3 * MILLI)).isEqualTo(3 * MILLI);
        assertThat(pace.took(1, 3_000 * MILLI)).isEqualTo(100 * MILLI);
    }
}
