package io.plumbline.pipeline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.probe.Recipients;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LostHitsTest {
    private final LostHits lost = new LostHits();

    @Test
    void add_tellsCauseProbeAndForWhom() {
        lost.add("came-again", "way", new Recipients(List.of("audit")), 2);
        lost.add("malformed", 1);

        assertThat(lost.series())
                .containsOnly(
                        Map.entry(
                                Map.of("cause", "came-again", "plumbline.probe.id", "way", "plumbline.to", "audit"),
                                2L),
                        Map.entry(Map.of("cause", "malformed"), 1L));
    }

    @Test
    void add_ofMoreProbesThanHaveASeries_countsTheOthersTogether() {
        for (int i = 0; i < LostHits.MAX_SERIES + 500; i++) {
            lost.add("unknown-probe", "made-up-" + i, Recipients.ALL, 1);
        }
        lost.add("unknown-probe", "made-up-0", Recipients.ALL, 1);

        assertThat(lost.series()).hasSize(LostHits.MAX_SERIES + 1);
        assertThat(lost.series())
                .containsEntry(Map.of("cause", "unknown-probe", "plumbline.probe.id", LostHits.OTHER_PROBES), 500L)
                .containsEntry(Map.of("cause", "unknown-probe", "plumbline.probe.id", "made-up-0"), 2L);
        assertThat(lost.of("unknown-probe")).isEqualTo(LostHits.MAX_SERIES + 501L);
    }

    @Test
    void rollBack_forgetsWhatWasNotKept() {
        lost.add("came-again", "way", Recipients.ALL, 1);
        lost.keep();
        lost.add("came-again", "way", Recipients.ALL, 1);
        lost.rollBack();

        assertThat(lost.of("came-again")).isEqualTo(1);
    }
}
