package io.plumbline.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.send.Outbox.Parcel;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class OutboxTest {
    private final Outbox outbox = new Outbox(134);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void report(String value) {
        outbox.report("status", "key", bytes(value));
    }

    private static String text(Parcel parcel) {
        return parcel == null ? null : new String(parcel.value(), StandardCharsets.UTF_8);
    }

    @Test
    void signals_overTheBound_areDroppedAndCounted() {
        outbox.signals("logs", new byte[60], 6);
        outbox.signals("logs", new byte[60], 7);
        outbox.signals("logs", new byte[40], 4);

        assertThat(outbox.dropped()).containsOnlyKeys("kafka-away").containsEntry("kafka-away", 7L);
        assertThat(outbox.next().signals()).isEqualTo(6);
        assertThat(outbox.next().signals()).isEqualTo(4);
        assertThat(outbox.isEmpty()).isTrue();
    }

    @Test
    void signals_ofOneTopic_leaveAQuarterToOthers() {
        outbox.signals("logs", new byte[100], 5);
        outbox.signals("logs", new byte[1], 3);
        outbox.signals("points", new byte[34], 2);

        assertThat(outbox.dropped()).containsEntry("kafka-away", 3L);
        outbox.delivered(outbox.next());
        outbox.signals("logs", new byte[100], 5);
        assertThat(outbox.dropped()).containsEntry("kafka-away", 3L);
    }

    @Test
    void signals_underWay_countAgainstTheBoundUntilDelivered() {
        outbox.signals("logs", new byte[100], 1);
        Parcel first = outbox.next();

        outbox.signals("logs", new byte[1], 1);
        assertThat(outbox.dropped()).containsEntry("kafka-away", 1L);

        outbox.delivered(first);
        outbox.signals("logs", new byte[100], 1);
        assertThat(outbox.isEmpty()).isFalse();
    }

    @Test
    void failed_signals_goFirstAgain() {
        outbox.signals("logs", bytes("one"), 1);
        outbox.signals("logs", bytes("two"), 1);
        Parcel one = outbox.next();

        outbox.failed(one);

        assertThat(text(outbox.next())).isEqualTo("one");
        assertThat(text(outbox.next())).isEqualTo("two");
    }

    @Test
    void refused_signals_areCountedAndMakeRoom() {
        outbox.signals("logs", new byte[100], 9);

        outbox.refused(outbox.next());

        assertThat(outbox.dropped()).containsEntry("kafka-refused", 9L);
        outbox.signals("logs", new byte[100], 1);
        assertThat(outbox.isEmpty()).isFalse();
    }

    @Test
    void report_latestWinsAndGoesBeforeSignals() {
        outbox.signals("logs", bytes("signal"), 1);
        report("old");
        report("new");

        assertThat(text(outbox.next())).isEqualTo("new");
        assertThat(text(outbox.next())).isEqualTo("signal");
        assertThat(outbox.next()).isNull();
    }

    @Test
    void failed_report_isSentAgain() {
        report("one");

        outbox.failed(outbox.next());

        assertThat(text(outbox.next())).isEqualTo("one");
    }

    @Test
    void failed_reportWithLaterWaiting_isForgotten() {
        report("one");
        Parcel one = outbox.next();
        report("two");

        outbox.failed(one);

        assertThat(text(outbox.next())).isEqualTo("two");
        assertThat(outbox.next()).isNull();
    }

    @Test
    void failed_reportWithLaterUnderWay_isForgotten() {
        report("one");
        Parcel one = outbox.next();
        report("two");
        Parcel two = outbox.next();

        outbox.failed(one);
        assertThat(outbox.next()).isNull();

        outbox.failed(two);
        assertThat(text(outbox.next())).isEqualTo("two");
    }

    @Test
    void failed_reportWithLaterDelivered_isForgotten() {
        report("one");
        Parcel one = outbox.next();
        report("two");
        outbox.delivered(outbox.next());

        outbox.failed(one);

        assertThat(outbox.next()).isNull();
    }

    @Test
    void report_tombstone_isKeptLikeAnyOther() {
        report("one");
        outbox.report("status", "key", null);

        Parcel parcel = outbox.next();
        assertThat(parcel.value()).isNull();
        outbox.failed(parcel);
        assertThat(outbox.next()).isSameAs(parcel);
    }

    @Test
    void await_afterWake_returnsAtOnce() throws InterruptedException {
        outbox.wake();

        outbox.await(60_000);
        outbox.await(1);

        assertThat(outbox.isEmpty()).isTrue();
    }
}
