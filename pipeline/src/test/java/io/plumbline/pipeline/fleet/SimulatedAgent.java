package io.plumbline.pipeline.fleet;

import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.plumbline.agent.HeldHits;
import io.plumbline.agent.control.Controller;
import io.plumbline.agent.control.Instance;
import io.plumbline.agent.control.OffFile;
import io.plumbline.agent.send.Holding;
import io.plumbline.agent.send.Outbox;
import io.plumbline.agent.send.SendLoop;
import io.plumbline.config.signing.TrustedKeys;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** An instance as the fleet sees it: the agent's own control and send threads, over {@link StubbedProbing}. */
public final class SimulatedAgent implements AutoCloseable {
    private static final Consumer<String> SILENT = message -> {};

    public final StubbedProbing probing;
    private final String id;
    private final SendLoop sending;
    private final Controller controller;

    private SimulatedAgent(String kafka, String id, File offFile, TrustedKeys trusted) {
        this.id = id;
        Map<String, Object> client = Map.of("bootstrap.servers", kafka);
        Outbox outbox = new Outbox(8 << 20);
        Holding holding = new Holding(id, outbox);
        this.probing = new StubbedProbing(holding);
        this.sending =
                new SendLoop(source(probing, holding), outbox, client, "send-" + id, Duration.ofSeconds(1), SILENT);
        Instance instance = new Instance(id, Map.of("instance", id, "service", "shop"), Instant.now());
        this.controller = new Controller(
                instance,
                "test",
                probing,
                outbox::report,
                new OffFile(offFile),
                new HeldHits(holding),
                client,
                trusted,
                outbox::dropped,
                SILENT);
    }

    public static SimulatedAgent start(String kafka, String id) {
        return start(kafka, id, TrustedKeys.NONE);
    }

    public static SimulatedAgent start(String kafka, String id, TrustedKeys trusted) {
        SimulatedAgent agent = new SimulatedAgent(kafka, id, new File("/nowhere/at/all.off"), trusted);
        agent.sending.start();
        agent.controller.start();
        return agent;
    }

    public String id() {
        return id;
    }

    @Override
    public void close() {
        controller.close();
        sending.close();
    }

    private static SendLoop.Source source(StubbedProbing probing, Holding holding) {
        return new SendLoop.Source() {
            @Override
            public void second() {}

            @Override
            public void turn() {}

            @Override
            public void sent(String probe, long bytes) {}

            @Override
            public int drainLogs(Consumer<LogRecordData> consumer, int max) {
                return holding.drain(consumer, held -> probing.drain(held, max));
            }

            @Override
            public List<MetricData> collectMetrics(boolean all) {
                return List.of();
            }

            @Override
            public boolean hasLogs() {
                return true;
            }

            @Override
            public boolean isIdle() {
                return false;
            }
        };
    }
}
