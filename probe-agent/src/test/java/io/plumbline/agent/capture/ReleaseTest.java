package io.plumbline.agent.capture;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.bridge.LogEntry;
import io.plumbline.config.redaction.Redaction;
import java.lang.ref.WeakReference;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What is left of the buffers when no probe is left. */
class ReleaseTest {
    private static final Duration DEADLINE = Duration.ofSeconds(10);
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Capture capture =
            new Capture(Redaction.standard(), Probes.NO_MATTER, Resource.empty(), type -> {}, () -> new Class<?>[0]);

    private Capture.Prepared armed(String id, String action) {
        Capture.Prepared prepared = capture.prepare(Probes.of("{id: " + id + ", at: 'X:1', " + action + "}"));
        capture.use(prepared);
        return prepared;
    }

    /** A hit, and a reference to its place in the ring. */
    private static WeakReference<LogEntry> hit(Capture.Prepared prepared) {
        LogEntry entry = Probes.claim((Records) prepared.logs().get(0).in(ReleaseTest.class, "pay", 1, new String[0]));
        entry.commit();
        return new WeakReference<>(entry);
    }

    private static boolean isCollected(WeakReference<?> reference) {
        long deadline = System.nanoTime() + DEADLINE.toNanos();
        while (reference.get() != null && System.nanoTime() < deadline) {
            System.gc();
        }
        return reference.get() == null;
    }

    @Test
    void releaseIfIdle_lastProbeGone_buffersAreCollected() {
        WeakReference<LogEntry> log = hit(armed("log", "log: hi"));
        WeakReference<LogEntry> snapshot = hit(armed("snapshot", "snapshot: true"));
        assertThat(capture.drainLogs(record -> {}, 10)).isEqualTo(2);
        capture.disarm("log");
        capture.disarm("snapshot");

        capture.releaseIfIdle(0);
        capture.releaseIfIdle(SECOND);

        assertThat(capture.hasLogs()).isFalse();
        assertThat(isCollected(log)).isTrue();
        assertThat(isCollected(snapshot)).isTrue();
    }

    @Test
    void releaseIfIdle_recordsWait_theyAreSentBefore() {
        hit(armed("log", "log: hi"));
        capture.disarm("log");

        capture.releaseIfIdle(0);
        capture.releaseIfIdle(5 * SECOND);

        assertThat(capture.hasLogs()).isTrue();
        assertThat(capture.drainLogs(record -> {}, 10)).isEqualTo(1);
        capture.releaseIfIdle(6 * SECOND);
        assertThat(capture.hasLogs()).isTrue();
        capture.releaseIfIdle(7 * SECOND);
        assertThat(capture.hasLogs()).isFalse();
    }

    @Test
    void releaseIfIdle_aProbeIsLeft_nothingGoes() {
        armed("a", "log: hi");
        armed("b", "log: hi");
        capture.disarm("a");

        capture.releaseIfIdle(0);
        capture.releaseIfIdle(SECOND);

        assertThat(capture.hasLogs()).isTrue();
    }

    @Test
    void releaseIfIdle_thenAProbeAgain_itsHitsAreSent() {
        armed("a", "log: hi");
        capture.disarm("a");
        capture.releaseIfIdle(0);
        capture.releaseIfIdle(SECOND);

        hit(armed("b", "log: hi"));

        assertThat(capture.drainLogs(record -> {}, 10)).isEqualTo(1);
    }
}
