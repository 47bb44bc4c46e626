package io.plumbline.e2e;

import static org.assertj.core.api.Assumptions.assumeThat;

import io.plumbline.e2e.programs.Crowd;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Hits of ten thousand virtual threads are counted to the last, and each tells its own name. */
class VirtualThreadsTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int SINCE = 21;

    @TempDir
    private Path folder;

    @Test
    void hits_ofVirtualThreads_areCountedExactly() throws Exception {
        Plumb.assumeBuilt();
        Jdks.Jdk jdk = Jdks.newest().orElse(Jdks.current());
        assumeThat(jdk.feature())
                .as("SKIPPED: no JDK with virtual threads here, the newest is " + jdk)
                .isGreaterThanOrEqualTo(SINCE);
        String line = Crowd.class.getName() + ":" + Programs.line(Crowd.class, "the probed line");
        Path go = folder.resolve("go");
        try (Plumb plumb = new Plumb(folder).up("--kafka-port", "0", "--port", "0", "--set", "prometheus.port=0");
                Jvm crowd = start(jdk, plumb.kafka(), go)) {
            plumb.awaitAgent("crowd", SOON);
            plumb.ok("probe", "add", line, "--id", "all", "--count", "crowd.steps");
            plumb.ok("probe", "add", line, "--id", "one", "--if", "$thread == \"worker-7\"", "--count", "crowd.mine");
            Files.createFile(go);

            Await.until("the crowd", SOON, crowd::output, text -> text.contains("done true"));
            Scrape scrape = new Scrape(plumb.metricsUrl());
            Await.until(
                    "all steps",
                    SOON,
                    () -> scrape.sum("crowd_steps_total", "\"all\""),
                    sum -> sum.intValue() == Crowd.THREADS * Crowd.STEPS);
            try {
                Await.until(
                        "one thread's steps",
                        SOON,
                        () -> scrape.sum("crowd_mine_total", "\"one\""),
                        sum -> sum.intValue() == Crowd.STEPS);
            } catch (AssertionError e) {
                throw new AssertionError(e.getMessage() + "\n" + plumb.ok("probe", "show", "one"), e);
            }
        }
    }

    private Jvm start(Jdks.Jdk jdk, String kafka, Path go) {
        // nothing is sampled: a probe that has been counted out of its budget counts its few hits by chance
        String budget = ",budget.probe-cpu=100,budget.max-probe-cpu=100,budget.process-cpu=100";
        String agent = "-javaagent:" + Plumb.AGENT + "=kafka=" + kafka + ",service=crowd" + budget;
        return Jvm.start(
                folder,
                "crowd",
                jdk,
                Map.of(),
                List.of(agent, "-cp", Programs.CLASSES, Crowd.class.getName(), go.toString()));
    }
}
