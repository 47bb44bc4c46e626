package io.plumbline.benchmarks.fleet;

import io.plumbline.agent.control.Controller;
import io.plumbline.agent.control.Instance;
import io.plumbline.agent.control.OffFile;
import io.plumbline.agent.send.Outbox;
import io.plumbline.agent.send.SendLoop;
import io.plumbline.config.signing.TrustedKeys;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Some instances of the fleet in one JVM. Each has the agent's own control thread with a consumer of its own, its own outbox,
 * and its own send thread with a producer of its own, with the settings that the agent gives them. Only what weaves and
 * captures is stubbed.
 */
final class SimulatedInstances {
    private static final long BUFFER_BYTES = 1 << 20;

    private SimulatedInstances() {}

    /**
     * Runs until standard input ends.
     *
     * @param args the brokers, the number of the first instance, how many there are
     */
    public static void main(String[] args) throws IOException {
        int first = Integer.parseInt(args[1]);
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            start("simulated-" + (first + i), client(args[0]));
        }
        while (System.in.read() >= 0) {
            // stays
        }
        Runtime.getRuntime().halt(0);
    }

    /** As the agent's settings make it. */
    private static Map<String, Object> client(String brokers) {
        return Map.of(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                brokers,
                CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG,
                "",
                CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG,
                false,
                CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG,
                100,
                CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                2_000,
                CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG,
                3_000);
    }

    private static void start(String id, Map<String, Object> client) {
        Consumer<String> log = message -> System.err.println(id + ": " + message);
        Outbox outbox = new Outbox(BUFFER_BYTES);
        Map<String, String> labels = Map.of("instance", id, "service", "simulated", "host", "here", "pid", "1");
        SendLoop sending =
                new SendLoop(new NoSignals(), outbox, client, "plumbline-send-" + id, Duration.ofSeconds(1), log);
        Controller controller = new Controller(
                new Instance(id, labels, Instant.now()),
                "simulated",
                new StubProbing(),
                outbox::report,
                new OffFile(new File("no-switch-of-" + id)),
                new NoHeldHits(),
                client,
                TrustedKeys.NONE,
                outbox::dropped,
                log);
        sending.start();
        controller.start();
    }
}
