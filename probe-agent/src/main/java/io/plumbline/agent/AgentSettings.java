package io.plumbline.agent;

import io.plumbline.agent.capture.HostClock;
import io.plumbline.agent.capture.gate.Budgets;
import io.plumbline.agent.control.OffFile;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.settings.Settings;
import io.plumbline.config.signing.TrustedKeys;
import java.io.File;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.CommonClientConfigs;

/** The agent's settings, checked. */
record AgentSettings(
        Settings settings,
        String kafka,
        Map<String, Object> kafkaConfig,
        Duration metricsInterval,
        Redaction redaction,
        Budgets budgets,
        TrustedKeys trustedKeys) {
    private static final String KAFKA = "plumbline.kafka";
    private static final String KAFKA_CONFIG = "plumbline.kafka-config";
    private static final String INTERVAL = "plumbline.metrics-interval-millis";

    private static final String TRUSTED_KEYS = "plumbline.trusted-keys";

    private static final String CLOCK = "plumbline.clock";

    /** The name of the file that switches off, and of the system property that tells tools which one it is. */
    static final String OFF_FILE = "plumbline.off-file";

    private static final List<String> OWN = List.of(
            KAFKA,
            KAFKA_CONFIG,
            INTERVAL,
            OFF_FILE,
            TRUSTED_KEYS,
            "plumbline.service",
            "plumbline.environment",
            "plumbline.labels",
            "plumbline.log",
            CLOCK);
    private static final List<String> KNOWN =
            Stream.of(OWN, Redaction.KEYS, Budgets.KEYS).flatMap(List::stream).toList();

    /**
     * Reads arguments, system properties and environment.
     *
     * @throws IllegalArgumentException for a value that can't be used
     */
    static AgentSettings read(String arguments) {
        Map<String, String> properties = new HashMap<>();
        System.getProperties().stringPropertyNames().forEach(name -> properties.put(name, System.getProperty(name)));
        Settings settings = Settings.ofAgent(arguments, properties, System.getenv(), KNOWN);
        String kafka = settings.text(KAFKA)
                .orElseThrow(() -> new IllegalArgumentException(
                        KAFKA + " is not set; add the brokers to the agent's arguments: =kafka=host:9092"));
        Duration interval =
                settings.millis(INTERVAL, Duration.ofSeconds(1), Duration.ofMillis(50), Duration.ofMinutes(10));
        Map<String, Object> config = settings.text(KAFKA_CONFIG)
                .map(file -> KafkaConfig.read(KAFKA_CONFIG, file))
                .orElse(Map.of());
        TrustedKeys trusted = settings.text(TRUSTED_KEYS)
                .map(text -> TrustedKeys.parse(TRUSTED_KEYS, text))
                .orElse(TrustedKeys.NONE);
        return new AgentSettings(
                settings, kafka, config, interval, Redaction.of(settings), Budgets.read(settings), trusted);
    }

    /** Which monotonic clock this instance has: what a person says, else what the host says. */
    String clock(String instance) {
        return settings.text(CLOCK).orElseGet(() -> HostClock.id(instance));
    }

    /** The file that switches this instance off while it is there. */
    File offFile() {
        return settings.text(OFF_FILE)
                .map(File::new)
                .orElseGet(() -> OffFile.usual(
                        System.getProperty("java.io.tmpdir"),
                        ProcessHandle.current().pid()))
                .getAbsoluteFile();
    }

    /** What producer and consumer have in common. No JMX, no metrics push: nothing that touches the application. */
    Map<String, Object> kafkaClient() {
        Map<String, Object> client = new HashMap<>();
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka);
        client.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        client.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        client.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 500);
        client.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 2_000);
        // both clients wake so often while Kafka is away
        client.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 500);
        client.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, 2_000);
        client.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 3_000);
        client.putAll(kafkaConfig);
        return client;
    }
}
