package io.plumbline.agent.capture.gate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PaceTest {
    private static final double ONE_PERCENT = 0.01;
    private static final double NO_CAP = Double.POSITIVE_INFINITY;

    private final Pace pace = new Pace(0.8, 300);

    /** So many hits a second for five seconds, of which some ask for a record and each takes so long. */
    private int settled(double hits, double asked, long nanos, double records) {
        int every = 1;
        for (int i = 0; i < 50; i++) {
            pace.turn(0.1, hits / 10, asked / 10, nanos * 100, 100);
            every = pace.next(every, ONE_PERCENT, records);
        }
        return every;
    }

    @Test
    void next_belowBudget_takesAll() {
        assertThat(settled(10_000, 0, 500, NO_CAP)).isEqualTo(1);
    }

    @Test
    void next_overBudget_leavesRoomForCounting() {
        int every = settled(1_000_000, 0, 1_000, NO_CAP);

        assertThat(pace.fullShare()).isGreaterThan(1);
        assertThat(pace.share(every)).isBetween(0.006, 0.0076);
    }

    @Test
    void next_countingAloneIsTooMuch_takesFew() {
        int every = settled(100_000_000, 0, 1_000, NO_CAP);

        assertThat(100_000_000.0 / every * 1_000 / 1e9).isLessThanOrEqualTo(0.1 * ONE_PERCENT);
    }

    @Test
    void next_overRecords_comesDownToThem() {
        int every = settled(100_000, 100_000, 20, 1_000);

        assertThat(100_000.0 / every).isBetween(700.0, 760.0);
    }

    @Test
    void next_atTheEndOfASurge_fallsByHalves() {
        int every = settled(1_000_000, 0, 1_000, NO_CAP);
        for (int i = 0; i < 100; i++) {
            pace.turn(0.1, 0, 0, 0, 0);
        }

        int next = pace.next(every, ONE_PERCENT, NO_CAP);

        assertThat(next).isEqualTo(every / 2);
    }
}
