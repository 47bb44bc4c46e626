package io.plumbline.agent.capture;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.opentelemetry.sdk.resources.Resource;
import io.plumbline.agent.capture.gate.ProbeTap;
import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Captures;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * A hit that comes by rarely runs in the interpreter, where nothing that is made in passing is optimised away. Guards what was found
 * there: records made on demand, a gate for pairs and a lambda at each hit, and method handles that the JDK makes code for.
 */
class RareHitTest {
    /** More than the JDK waits for before it makes code for a method handle. */
    private static final int HITS = 300;

    /** Linking, and a lane for the thread. */
    private static final int FIRST_HITS = 2;

    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final Capture capture = new Capture(
            Redaction.standard(),
            Probes.NO_MATTER,
            Resource.empty(),
            WeaveFixture::open,
            WeaveFixture.INSTRUMENTATION::getAllLoadedClasses);
    private final Captures captures = new Captures();
    private final WeaveFixture fixture = new WeaveFixture(capture.specials());

    @AfterEach
    void restore() {
        fixture.close();
    }

    private ProbeTap set(String actions) throws InterruptedException {
        Probe probe = Probes.of(at(Captures.class, "pay", actions + ", limits: {per-second: 10000}"));
        capture.look();
        Capture.Prepared prepared = capture.prepare(probe);
        capture.use(prepared);
        fixture.weaver.apply(List.of(new ArmedProbe(probe, prepared.tap(), prepared.sinks())), List.of());
        assertThat(fixture.weaver.standing(probe).reason()).isEmpty();
        for (Thread one : Thread.getAllStackTraces().keySet()) {
            if (one.getName().equals(Warmth.THREAD)) {
                one.join(DEADLINE.toMillis());
            }
        }
        return prepared.tap();
    }

    /** What each hit allocates more than a pass without a probe. */
    private List<Long> allocated() {
        List<Long> all = new ArrayList<>(HITS);
        for (int i = 0; i < HITS; i++) {
            long before = THREADS.getThreadAllocatedBytes(Thread.currentThread().getId());
            captures.pay("o-1", 3, 4);
            all.add(THREADS.getThreadAllocatedBytes(Thread.currentThread().getId()) - before);
            if (i % 50 == 49) {
                // as slow as an agent that is cold itself
                capture.drainLogs(record -> {}, Integer.MAX_VALUE);
            }
        }
        return all.subList(FIRST_HITS, HITS);
    }

    @Test
    void snapshot_allocatesNothing() throws InterruptedException {
        long line = allocated().get(HITS - FIRST_HITS - 1);
        ProbeTap tap = set("snapshot: {stack: 0, time: 100}");

        assertThat(allocated()).containsOnly(line);
        assertThat(tap.emitted()).isEqualTo(HITS);
    }

    @Test
    void log_allocatesNothing() throws InterruptedException {
        long line = allocated().get(HITS - FIRST_HITS - 1);
        ProbeTap tap = set("log: '{order} {quantity} {total}'");

        assertThat(allocated()).containsOnly(line);
        assertThat(tap.emitted()).isEqualTo(HITS);
    }

    /** The JVM's own arrays, each for 32 frames. */
    @Test
    void snapshotWithStack_allocatesWhatTheJvmWritesTheStackDownIn() throws InterruptedException {
        long line = allocated().get(HITS - FIRST_HITS - 1);
        ProbeTap tap = set("snapshot: {time: 100}");
        int parts = new Throwable().getStackTrace().length / 32 + 1;

        assertThat(allocated()).allSatisfy(bytes -> assertThat(bytes - line).isBetween(1L, 1_000L * parts));
        assertThat(tap.emitted()).isEqualTo(HITS);
    }
}
