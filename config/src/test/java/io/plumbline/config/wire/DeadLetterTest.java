package io.plumbline.config.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DeadLetterTest {
    private static final Instant TIME = Instant.parse("2026-01-31T14:25:00Z");

    @Test
    void headers_areReadBack() {
        DeadLetter letter = new DeadLetter(
                "elasticsearch",
                "rejected",
                "no mapping",
                Topics.LOGS,
                2,
                17,
                List.of(3),
                TIME,
                "cart-118-log",
                "log",
                1,
                true);

        assertThat(DeadLetter.of(letter.headers(), Instant.EPOCH)).isEqualTo(letter);
        DeadLetter again = letter.again("too-large", "413", TIME.plusSeconds(1));
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(DeadLetter.of(again.headers(), Instant.EPOCH)).isEqualTo(again);
    }

    @Test
    void headersOfAnEarlierVersion_areReadAsWholeRecords() {
        DeadLetter letter = DeadLetter.of(
                Map.of(
                        "plumbline.exporter",
                        "prometheus",
                        "plumbline.reason",
                        "too many series",
                        "plumbline.topic",
                        Topics.METRICS,
                        "plumbline.partition",
                        "1",
                        "plumbline.offset",
                        "5",
                        "plumbline.signals",
                        "0,2"),
                TIME);

        assertThat(letter.indices()).containsExactly(0, 2);
        assertThat(letter.kind()).isEqualTo("metric");
        assertThat(letter.time()).isEqualTo(TIME);
        assertThat(letter.cause()).isEmpty();
        assertThat(letter.attempts()).isEqualTo(1);
        assertThat(letter.alone()).isFalse();
        assertThat(letter.isPoison()).isFalse();
    }

    @Test
    void foreignHeaders_readAsUnknown() {
        DeadLetter letter = DeadLetter.of(Map.of("plumbline.partition", "x", "plumbline.signals", "y"), TIME);

        assertThat(letter.isPoison()).isTrue();
        assertThat(letter.cause()).isEqualTo("malformed");
        assertThat(letter.partition()).isEqualTo(-1);
        assertThat(letter.exporter()).isEmpty();
    }

    @Test
    void longReason_isCut() {
        DeadLetter letter = DeadLetter.of(Map.of("plumbline.reason", "x".repeat(5_000)), TIME);

        assertThat(letter.reason()).hasSize(2_001).endsWith("…");
    }

    @Test
    void replayedIds_areReadBack() {
        ReplayedIds ids = new ReplayedIds(List.of("0-17", "1-3"));

        assertThat(ReplayedIds.parse(ids.json())).isEqualTo(ids);
    }
}
