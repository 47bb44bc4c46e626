package io.plumbline.pipeline.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** "Ten hits in all" over a real broker, with nothing but agents. */
class FleetHitsTest {
    private static final int THREADS = 4;
    private static final int HITS = 50;

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private Wire wire;
    private SimulatedAgent a;
    private SimulatedAgent b;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder, 0);
        PipelineTopics.ensure(Map.of("bootstrap.servers", broker.address()));
        wire = new Wire(broker.address());
        a = SimulatedAgent.start(broker.address(), "a");
        b = SimulatedAgent.start(broker.address(), "b");
    }

    @AfterEach
    void stop() {
        a.close();
        b.close();
        wire.close();
        broker.close();
    }

    private void define(String probe, int version, int limit) {
        wire.define(
                probe,
                "{\"id\":\"" + probe + "\",\"version\":" + version
                        + ",\"at\":\"X:1\",\"log\":\"hi\",\"expires\":9000000000000,\"limits\":{\"fleet-hits\":" + limit
                        + "}}");
    }

    private static void awaitSet(String probe, SimulatedAgent... agents) {
        for (SimulatedAgent agent : agents) {
            Eventually.isTrue(() -> agent.probing.isSet(probe));
        }
    }

    /** Many threads of each instance at once. */
    private static void hit(String probe, SimulatedAgent... agents) throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (SimulatedAgent agent : agents) {
            for (int i = 0; i < THREADS; i++) {
                threads.add(new Thread(() -> {
                    try {
                        go.await();
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    for (int hit = 0; hit < HITS; hit++) {
                        agent.probing.hit(probe);
                    }
                }));
            }
        }
        threads.forEach(Thread::start);
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private ProbeReport awaitExpired(SimulatedAgent agent, String probe) {
        return Eventually.get(
                () -> wire.report(agent.id(), probe), report -> report != null && report.state() == ProbeState.EXPIRED);
    }

    @Test
    void tenInAll_hitsOnTwoInstancesAtOnce_exactlyTenLeave_andBothSayWhy() throws Exception {
        define("ten", 1, 10);
        awaitSet("ten", a, b);

        hit("ten", a, b);

        ProbeReport ofA = awaitExpired(a, "ten");
        ProbeReport ofB = awaitExpired(b, "ten");
        assertThat(ofA.reason()).isEqualTo("the limit of 10 hits in all instances is reached");
        assertThat(ofB.reason()).isEqualTo(ofA.reason());
        assertThat(ofA.emitted() + ofB.emitted()).isEqualTo(10);
        Eventually.get(() -> wire.signals("ten"), count -> count >= 10);
        assertThat(wire.signals("ten")).isEqualTo(10);

        // who comes late gets nothing
        try (SimulatedAgent late = SimulatedAgent.start(broker.address(), "late")) {
            awaitSet("ten", late);
            hit("ten", late);
            assertThat(awaitExpired(late, "ten").emitted()).isZero();
        }

        // another version is another count
        define("ten", 2, 10);
        awaitSet("ten", a, b);
        hit("ten", a);
        Eventually.get(() -> wire.signals("ten"), count -> count >= 20);
        awaitExpired(b, "ten");
        assertThat(wire.signals("ten")).isEqualTo(20);
    }

    @Test
    void fewHits_allLeave_andTheProbeGoesOn() {
        define("few", 1, 10);
        awaitSet("few", a, b);

        a.probing.hit("few");
        b.probing.hit("few");
        a.probing.hit("few");

        Eventually.get(() -> wire.signals("few"), count -> count == 3);
        assertThat(a.probing.isSet("few")).isTrue();
        assertThat(b.probing.isSet("few")).isTrue();
    }

    @Test
    void kafkaAway_hitsWait_andNoneLeavesTwiceOrTooMuch() throws Exception {
        define("away", 1, 10);
        awaitSet("away", a, b);
        a.probing.hit("away");
        Eventually.get(() -> wire.signals("away"), count -> count == 1);
        int port = Integer.parseInt(broker.address().replaceAll(".*:", ""));
        broker.close();

        hit("away", a, b);
        broker = EmbeddedBroker.start(folder, port);

        awaitExpired(a, "away");
        awaitExpired(b, "away");
        Eventually.get(() -> wire.signals("away"), count -> count >= 10);
        assertThat(wire.signals("away")).isEqualTo(10);
    }
}
