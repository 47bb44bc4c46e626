package io.plumbline.agent.weave;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Classes are loaded by the thousand and their loaders dropped while probes come and go at random. Nothing may wait for
 * ever, nothing may be kept that has gone, and at the end all sites must be where the probes say.
 *
 * <p>A small cut here; {@code -Dchurn.classes=10000 -Dchurn.minutes=5} is the proof (docs/proofs.md). {@code -Dchurn.seed}
 * repeats the choices, though not how threads met.
 */
class ChurnTest {
    private static final int CLASSES = Integer.getInteger("churn.classes", 400);
    private static final Duration TIME =
            Duration.ofSeconds(Math.round(60 * Double.parseDouble(System.getProperty("churn.minutes", "0"))));
    private static final long SEED = Long.getLong("churn.seed", 1);

    private final WeaveFixture fixture = new WeaveFixture();

    @AfterEach
    void restore() {
        fixture.close();
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.MINUTES)
    void probes_whileClassesComeAndGo_allIsRightInTheEnd() {
        try (ClassChurn classes = new ClassChurn(CLASSES, SEED)) {
            ProbeChurn probes = new ProbeChurn(fixture.weaver, classes.names(), SEED);
            long end = System.nanoTime() + TIME.toNanos();
            MemoryUse early = null;
            while (classes.loaded() < CLASSES || System.nanoTime() < end) {
                classes.allow();
                probes.turn();
                classes.assertAlive();
                boolean isHalfDone = classes.loaded() >= CLASSES / 2 && System.nanoTime() > end - TIME.toNanos() / 2;
                if (early == null && isHalfDone) {
                    early = MemoryUse.now();
                }
            }
            classes.stop();
            MemoryUse late = MemoryUse.now();

            System.out.printf(
                    "churn: %d classes loaded, %d of them there at the end, %d calls; probes %s; then %s, now %s; %s%n",
                    classes.loaded(), classes.live(), classes.calls(), probes, early, late, fixture.weaver.pauses());
            assertThat(ManagementFactory.getThreadMXBean().findDeadlockedThreads())
                    .isNull();
            assertThat(classes.wrongResults()).isZero();
            assertThat(classes.dropped()).isPositive();
            assertThat(classes.droppedButNotCollected()).isZero();
            late.assertNotMoreThan(early);
            probes.assertAllRight(classes);
            probes.removeAll();
            probes.assertNoneLeft(classes);
        }
    }
}
