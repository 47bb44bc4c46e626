package io.plumbline.agent.send;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.send.Outbox.Parcel;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.config.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldingTest {
    private final Outbox outbox = new Outbox(1 << 20);
    private long nanos;
    private final Holding holding = new Holding("i-1", outbox, () -> nanos);
    private final List<String> left = new ArrayList<>();

    private static Probe probe(long version, String limits) {
        return ProbeReader.wire("{\"id\":\"p\",\"version\":" + version
                + ",\"at\":\"X:1\",\"log\":\"hi\",\"expires\":9000000000000,\"limits\":{" + limits + "}}");
    }

    private static final Probe THREE = probe(1, "\"fleet-hits\":3");

    /** A record with what matters here. */
    private record Hit(String probe, long version, String text) implements LogRecordData {
        @Override
        public Resource getResource() {
            return Resource.empty();
        }

        @Override
        public InstrumentationScopeInfo getInstrumentationScopeInfo() {
            return InstrumentationScopeInfo.empty();
        }

        @Override
        public long getTimestampEpochNanos() {
            return 1;
        }

        @Override
        public long getObservedTimestampEpochNanos() {
            return 1;
        }

        @Override
        public SpanContext getSpanContext() {
            return SpanContext.getInvalid();
        }

        @Override
        public Severity getSeverity() {
            return Severity.INFO;
        }

        @Override
        public String getSeverityText() {
            return "INFO";
        }

        @Override
        @SuppressWarnings("deprecation") // the interface's
        public Body getBody() {
            return Body.string(text);
        }

        @Override
        public Attributes getAttributes() {
            return Attributes.of(
                    AttributeKey.stringKey(SignalAttributes.PROBE_ID), probe,
                    AttributeKey.longKey(SignalAttributes.PROBE_VERSION), version);
        }

        @Override
        public int getTotalAttributeCount() {
            return 2;
        }
    }

    private void hits(String probe, long version, String... texts) {
        holding.drain(data -> left.add(((Hit) data).text()), consumer -> {
            for (String text : texts) {
                consumer.accept(new Hit(probe, version, text));
            }
            return texts.length;
        });
    }

    private void hits(String... texts) {
        hits("p", 1, texts);
    }

    private String claim() {
        Parcel parcel = outbox.next();
        return parcel == null
                ? null
                : parcel.topic() + " " + parcel.key() + " " + new String(parcel.value(), StandardCharsets.UTF_8);
    }

    @Test
    void drain_unlimitedProbes_passThrough() {
        holding.hold("other", 1, 3);

        hits("a", "b");

        assertThat(left).containsExactly("a", "b");
        assertThat(claim()).isNull();
        assertThat(holding.emitted(THREE, 7)).isEqualTo(7);
    }

    @Test
    void drain_limitedProbe_isHeldAndClaimed_andLeavesWhenGranted() {
        holding.hold("p", 1, 3);

        hits("a", "b");

        assertThat(left).isEmpty();
        assertThat(claim()).isEqualTo(Topics.CLAIMS + " p@1/i-1 {\"claimed\":2}");
        assertThat(holding.emitted(THREE, 2)).isZero();
        assertThat(holding.isSettled(THREE, 2)).isFalse();
        holding.granted("p", 1, 1);
        assertThat(holding.emitted(THREE, 2)).isEqualTo(1);
        hits();
        assertThat(left).containsExactly("a");
        holding.granted("p", 1, 2);
        hits("c");
        assertThat(left).containsExactly("a", "b");
        assertThat(claim()).endsWith("{\"claimed\":3}");
    }

    /** The gate is shut after three, and none of them has come from the ring yet: it is not over. */
    @Test
    void hitsOnTheirWay_areAwaited_forATime() {
        holding.hold("p", 1, 3);
        holding.restart(THREE);

        assertThat(holding.isSettled(THREE, 3)).isFalse();
        hits("a", "b");
        holding.granted("p", 1, 2);
        hits();
        assertThat(left).containsExactly("a", "b");
        assertThat(holding.isSettled(THREE, 3)).isFalse();
        nanos += Holding.MAX_MISSING.toNanos() + 2;
        assertThat(holding.isSettled(THREE, 3)).isTrue();
        holding.restart(THREE);
        assertThat(holding.isSettled(THREE, 0)).isTrue();
        assertThat(holding.isSettled(THREE, 1)).isFalse();
        hits("c");
        holding.granted("p", 1, 3);
        hits();
        assertThat(holding.isSettled(THREE, 1)).isTrue();
    }

    @Test
    void drain_moreThanAllMayHave_isNotHeld() {
        holding.hold("p", 1, 3);

        hits("a", "b", "c", "d");

        assertThat(claim()).endsWith("{\"claimed\":3}");
        assertThat(holding.dropped(THREE, Map.of("rate", 2L)))
                .containsEntry("fleet-limit", 1L)
                .containsEntry("rate", 2L);
    }

    @Test
    void close_dropsWhatWasNotGranted_andWhatComesLater() {
        holding.hold("p", 1, 3);
        hits("a", "b");
        holding.granted("p", 1, 1);

        holding.close("p", 1);
        hits("c");

        assertThat(left).containsExactly("a");
        assertThat(holding.dropped(THREE, Map.of())).containsOnly(Map.entry("fleet-limit", 2L));
        assertThat(holding.isSettled(THREE, 3)).isTrue();
        assertThat(holding.emitted(THREE, 3)).isEqualTo(1);
    }

    @Test
    void hold_anotherVersion_isHeldByItself() {
        holding.hold("p", 1, 3);
        hits("a");
        holding.hold("p", 2, 3);
        holding.close("p", 1);

        hits("late");
        hits("p", 2, "new");
        holding.granted("p", 2, 1);
        hits();

        assertThat(left).containsExactly("new");
    }

    @Test
    void restart_countsFromThere() {
        holding.hold("p", 1, 3);
        hits("a");
        holding.granted("p", 1, 1);
        hits();

        holding.restart(THREE);

        assertThat(holding.emitted(THREE, 0)).isZero();
        hits("b");
        assertThat(claim()).endsWith("{\"claimed\":2}");
        holding.granted("p", 1, 2);
        assertThat(holding.emitted(THREE, 1)).isEqualTo(1);
    }

    /** Longer than the topic keeps the order, an answer can't be trusted. */
    @Test
    void drain_heldTooLong_isDropped_andLeavesNeverMore() {
        holding.hold("p", 1, 3);
        hits("a");
        nanos += Holding.MAX_WAIT.plus(Duration.ofSeconds(1)).toNanos();
        hits("b");

        holding.granted("p", 1, 1);
        hits();
        assertThat(left).isEmpty();
        holding.granted("p", 1, 2);
        hits();

        assertThat(left).containsExactly("b");
        assertThat(holding.dropped(THREE, Map.of())).containsOnly(Map.entry("fleet-limit", 1L));
    }

    @Test
    void drain_overTheBytes_isDroppedAndCounted() {
        Probe many = probe(1, "\"fleet-hits\":100000");
        holding.hold("p", 1, 100_000);
        String big = "x".repeat(1 << 20);

        hits(big, big, big, big, "small");

        assertThat(claim()).endsWith("{\"claimed\":4}");
        assertThat(holding.dropped(many, Map.of())).containsOnly(Map.entry("buffer-full", 1L));
    }

    @Test
    void gated_letsNoMoreInThanAllMayHave() {
        assertThat(Holding.gated(THREE).limits().hits()).isEqualTo(3);
        assertThat(Holding.gated(probe(1, "\"fleet-hits\":3,\"hits\":2"))
                        .limits()
                        .hits())
                .isEqualTo(2);
        assertThat(Holding.gated(probe(1, "\"hits\":2"))).isEqualTo(probe(1, "\"hits\":2"));
    }
}
