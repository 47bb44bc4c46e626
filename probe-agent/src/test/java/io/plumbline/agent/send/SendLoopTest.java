package io.plumbline.agent.send;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableDoublePointData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableGaugeData;
import io.opentelemetry.sdk.metrics.internal.data.ImmutableMetricData;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.send.Outbox.Parcel;
import io.plumbline.config.wire.Topics;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SendLoopTest {
    private final Outbox outbox = new Outbox(8 << 20);

    /** Exporters that keep series let go of those whose partition moves away, so no series may be in two of them. */
    @Test
    void metrics_ofAnInstance_haveOneKey_alsoWhereTheyAreCutInParts() {
        SendLoop loop = new SendLoop(
                new NoSignals(),
                outbox,
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                "plumbline-send-4711",
                Duration.ofSeconds(1),
                message -> {});

        loop.metrics(List.of(gauge("small"), gauge("x".repeat(600_000)), gauge("y".repeat(600_000))));

        List<Parcel> parcels = Stream.generate(outbox::next)
                .takeWhile(parcel -> parcel != null)
                .toList();
        assertThat(parcels).hasSizeGreaterThan(1).allMatch(it -> it.topic().equals(Topics.METRICS));
        assertThat(parcels).extracting(Parcel::key).containsOnly("plumbline-send-4711");
        assertThat(new String(parcels.get(0).value(), UTF_8)).contains("small");
    }

    private static MetricData gauge(String name) {
        return ImmutableMetricData.createDoubleGauge(
                Resource.empty(),
                InstrumentationScopeInfo.empty(),
                name,
                "",
                "",
                ImmutableGaugeData.create(List.of(ImmutableDoublePointData.create(1, 2, Attributes.empty(), 3))));
    }

    private static final class NoSignals implements SendLoop.Source {
        @Override
        public void second() {}

        @Override
        public void turn() {}

        @Override
        public void sent(String probe, long bytes) {}

        @Override
        public int drainLogs(Consumer<LogRecordData> consumer, int max) {
            return 0;
        }

        @Override
        public List<MetricData> collectMetrics(boolean all) {
            return List.of();
        }

        @Override
        public boolean hasLogs() {
            return false;
        }

        @Override
        public boolean isIdle() {
            return true;
        }
    }
}
