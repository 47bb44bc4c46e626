package io.plumbline.config.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.RolloutStage.Step;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RolloutStageTest {
    private static RolloutStage stage(Step step, double share) {
        return new RolloutStage(
                "p", 3, step, Set.of("shop-1"), share, "", Instant.ofEpochMilli(17), Map.of("shop-1", 12.5));
    }

    @Test
    void parse_ofJson_isTheStage() {
        for (Step step : Step.values()) {
            assertThat(RolloutStage.parse(stage(step, 25).json())).isEqualTo(stage(step, 25));
        }
        assertThat(RolloutStage.key("p")).isEqualTo("#rollout/p").matches(RolloutStage::isKey);
        assertThat(RolloutStage.isKey("p")).isFalse();
    }

    @Test
    void admits_byName_byShare_all_orNobody() {
        assertThat(stage(Step.FIRST, 0).admits("shop-1")).isTrue();
        assertThat(stage(Step.FIRST, 0).admits("shop-2")).isFalse();
        assertThat(stage(Step.ALL, 100).admits("shop-2")).isTrue();
        assertThat(stage(Step.BACKED_OUT, 100).admits("shop-1")).isFalse();
    }

    @Test
    void admits_aShare_isAboutThatShare_andTheSameEachTime() {
        RolloutStage quarter = stage(Step.SHARE, 25);
        long admitted = IntStream.range(0, 10_000)
                .filter(i -> quarter.admits("shop-" + i + "-" + Integer.toHexString(i * 7919)))
                .count();

        assertThat(admitted).isBetween(2_200L, 2_800L);
        assertThat(RolloutStage.lot("shop-4711-a0b1")).isEqualTo(RolloutStage.lot("shop-4711-a0b1"));
    }
}
