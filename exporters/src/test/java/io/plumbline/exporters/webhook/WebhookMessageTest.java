package io.plumbline.exporters.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Signal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes together, and by which id a message is known. */
class WebhookMessageTest {

    @Test
    void of_records_areGroupedByProbeServiceEventAndFingerprint() {
        Message message = Message.of(List.of(
                WebhookSignals.hit("u-1", "a", "shop", "x"),
                WebhookSignals.hit("u-2", "b", "shop", "x"),
                WebhookSignals.hit("u-3", "a", "payments", "x"),
                WebhookSignals.hit("u-4", "a", "shop", "y"),
                WebhookSignals.exception("u-5", "a", "f1"),
                WebhookSignals.exception("u-6", "a", "f2"),
                WebhookSignals.exception("u-7", "a", "f1")));

        assertThat(message.groups())
                .extracting(group -> group.key().probe() + "/" + group.key().service() + "/"
                        + group.key().event() + "/" + group.key().fingerprint() + " " + group.records())
                .containsExactly(
                        "a/shop/plumbline.log/ 2",
                        "b/shop/plumbline.log/ 1",
                        "a/payments/plumbline.log/ 1",
                        "a/shop/exception/f1 2",
                        "a/shop/exception/f2 1");
        assertThat(message.hits()).isEqualTo(7);
    }

    @Test
    void of_recordsOutOfOrder_firstAndLastAreByTime() {
        Group group = Message.of(List.of(
                        WebhookSignals.log("u-1", "a", "s", "middle", Map.of(), 5),
                        WebhookSignals.log("u-2", "a", "s", "late", Map.of(), 9),
                        WebhookSignals.log("u-3", "a", "s", "early", Map.of(), 1)))
                .groups()
                .get(0);

        assertThat(group.message()).isEqualTo("late");
        assertThat(group.first())
                .contains(Instant.ofEpochSecond(0, TestSignals.TIME).plusSeconds(1));
        assertThat(group.lastTime())
                .contains(Instant.ofEpochSecond(0, TestSignals.TIME).plusSeconds(9));
    }

    @Test
    void of_recordTwice_countsOnce() {
        LogSignal log = WebhookSignals.hit("u-1", "a", "s", "x");

        assertThat(Message.of(List.of(log, log)).groups())
                .singleElement()
                .extracting(Group::records)
                .isEqualTo(1L);
    }

    @Test
    void of_sameRecordsInAnotherOrder_hasTheSameId() {
        Signal one = WebhookSignals.hit("u-1", "a", "s", "x");
        Signal two = WebhookSignals.hit("u-2", "b", "s", "x");

        String id = Message.of(List.of(one, two)).id();
        assertThat(id).matches("[0-9a-f]{32}");
        assertThat(Message.of(List.of(two, one)).id()).isEqualTo(id);
        assertThat(Message.of(List.of(two, one, two)).id()).isEqualTo(id);
        assertThat(Message.of(List.of(one)).id()).isNotEqualTo(id);
    }

    @Test
    void of_recordsWithoutIds_areKnownByWhatTheyHold() {
        Signal one = TestSignals.log("x", Map.of("plumbline.probe.id", "a"));
        Signal two = TestSignals.log("y", Map.of("plumbline.probe.id", "a"));

        Message message = Message.of(List.of(one, two));
        assertThat(message.hits()).isEqualTo(2);
        assertThat(Message.of(List.of(one, two)).id()).isEqualTo(message.id());
        assertThat(Message.of(List.of(one)).id()).isNotEqualTo(message.id());
    }

    @ParameterizedTest
    @CsvSource({
        "0, '', ''",
        "1, '', TRACE",
        "9, '', INFO",
        "16, '', WARN",
        "24, '', FATAL",
        "25, '', ''",
        "9, notice, notice"
    })
    void severity_isTheProducersWordElseOpenTelemetrys(int number, String text, String expected) {
        LogSignal log = WebhookSignals.hit("u-1", "a", "s", "x");
        LogSignal severe =
                new LogSignal(log.resource(), 0, 0, number, text, "x", log.attributes(), "", "", log.eventName(), 100);

        assertThat(Group.of(severe).severity()).isEqualTo(expected);
        assertThat(Group.of(severe).first()).isEmpty();
    }
}
