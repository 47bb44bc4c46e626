package io.plumbline.pipeline.control.audit;

import static io.plumbline.pipeline.control.audit.DenialLimit.EACH_MINUTE;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.control.audit.DenialLimit.Left;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DenialLimitTest {
    private static final Instant T = Instant.parse("2026-01-31T14:25:00Z");

    private final DenialLimit limit = new DenialLimit();

    private int taken(String who, Instant at, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += limit.take(who, at) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void take_theFirstOfAMinute_ofEachToken() {
        assertThat(taken("", T, 1_000)).isEqualTo(EACH_MINUTE);
        assertThat(taken("ci", T, 3)).isEqualTo(3);
    }

    @Test
    void over_minuteIsOver_saysWhatWasCounted_andBeginsAnew() {
        taken("", T, EACH_MINUTE + 7);
        taken("ci", T, 2);

        assertThat(limit.over(T.plusSeconds(59), false)).isEmpty();
        assertThat(limit.over(T.plusSeconds(60), false)).containsExactly(new Left("", T, 7));
        assertThat(limit.over(T.plusSeconds(60), false)).isEmpty();
        assertThat(taken("", T.plusSeconds(60), 1)).isEqualTo(1);
    }

    @Test
    void over_allAtOnce_saysEachOnce_andTheLimitStands() {
        taken("", T, EACH_MINUTE + 7);

        assertThat(limit.over(T.plusSeconds(1), true)).containsExactly(new Left("", T, 7));
        assertThat(limit.over(T.plusSeconds(2), true)).isEmpty();
        assertThat(taken("", T.plusSeconds(3), 5)).isZero();
        assertThat(limit.over(T.plusSeconds(61), false)).containsExactly(new Left("", T, 5));
    }
}
