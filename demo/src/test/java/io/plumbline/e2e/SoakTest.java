package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo under load for as long as {@code -Dsoak.minutes} says, with probes that come and go and things that break: nothing may be
 * lost, and nothing may grow. {@code benchmarks/soak/run} writes SOAK.md by it.
 */
class SoakTest {
    private static final int MINUTES = Integer.getInteger("soak.minutes", 0);
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration DRAIN = Duration.ofMinutes(3);
    private static final int LOOK_EVERY = 60;

    @TempDir
    private Path folder;

    @Test
    void nothingIsLost_nothingGrows() throws Exception {
        assumeThat(MINUTES > 0)
                .as("SKIPPED: takes as long as -Dsoak.minutes says; see benchmarks/soak/run")
                .isTrue();
        Plumb.assumeBuilt();
        SpanStage.assumeTracer();
        try (SoakCast cast = SoakCast.start(folder)) {
            SoakProbes probes = new SoakProbes(cast);
            SoakFaults faults = new SoakFaults(cast, Duration.ofMinutes(MINUTES));
            SoakLooks looks = new SoakLooks(cast);
            SoakReports reports = new SoakReports(probes);
            probes.setThoseThatStay();
            cast.startLoad(Duration.ofMinutes(MINUTES));
            probes.startChanging();
            int lookAt = LOOK_EVERY;
            Instant start = Instant.now();
            for (int second = 0; second < MINUTES * 60; second = secondsSince(start)) {
                Thread.sleep(STEP.toMillis());
                faults.go(second);
                if (second >= lookAt && !faults.isUnderWay()) {
                    lookAt = second + LOOK_EVERY;
                    looks.take(second);
                    reports.take(second);
                }
            }
            faults.finish();
            probes.stopChanging();
            reports.take(MINUTES * 60);
            SoakTruth truth = probes.end(reports, DRAIN);
            looks.take(MINUTES * 60);
            reports.take(MINUTES * 60);
            SoakPage page = new SoakPage(MINUTES, probes, faults, looks, reports, truth);
            page.print();
            assertThat(truth.failures()).as(page::text).isEmpty();
            assertThat(looks.growths()).as(page::text).isEmpty();
        }
    }

    private static int secondsSince(Instant start) {
        return (int) Duration.between(start, Instant.now()).toSeconds();
    }
}
