package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.config.redaction.Redaction;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The code of hits is run before the first of them, and nobody hears of it. */
class WarmUpTest {
    private final Capture capture = new Capture(
            Redaction.standard(),
            Probes.NO_MATTER,
            Resource.empty(),
            WeaveFixture::open,
            WeaveFixture.INSTRUMENTATION::getAllLoadedClasses);

    private Capture.Prepared use(String action) {
        Capture.Prepared prepared = capture.prepare(Probes.of("{id: p, at: 'X:1', " + action + "}"));
        capture.use(prepared);
        return prepared;
    }

    private static List<Thread> running() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(Warmth.THREAD))
                .toList();
    }

    private static void awaitEnd() throws InterruptedException {
        for (Thread thread : running()) {
            thread.join();
        }
    }

    @Test
    void use_metricOnly_nothingRuns() throws InterruptedException {
        awaitEnd(); // of other tests' probes

        use("count: n");

        assertThat(running()).isEmpty();
    }

    @Test
    void use_snapshot_runsAndLeavesNoTrace() throws InterruptedException {
        Capture.Prepared prepared = use("snapshot: true");

        assertThat(running()).isNotEmpty();
        awaitEnd();

        assertThat(capture.drainLogs(record -> {}, 10)).isZero();
        assertThat(capture.dropped()).isEmpty();
        assertThat(capture.dropped("p")).isEmpty();
        assertThat(prepared.tap().hits()).isZero();
        assertThat(prepared.tap().cost().share()).isZero();
    }

    @Test
    void run_asLongAsAProbeIsThere() {
        SignalRing ring = new SignalRing(Probes.renderer());
        LogRecords records = Probes.records(ring, 9);

        new WarmUp(records.tap(), records, ring, () -> false).run();
        assertThat(records.tap().hits()).isZero();

        new WarmUp(records.tap(), records, ring, () -> true).run();
        assertThat(records.tap().hits()).isBetween(1.0, (double) WarmUp.ROUNDS);
        assertThat(records.tap().emitted()).isEqualTo((long) records.tap().hits());
        assertThat(ring.isEmpty()).isTrue();
    }
}
