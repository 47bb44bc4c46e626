package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Kafka's own main classes in JVMs of their own, from the libraries that the pipeline brings along. */
final class KafkaJvm {
    static final Duration START = Duration.ofSeconds(60);

    private static final String CLUSTER = "MkU3OEVBNTcwNTJENDM2Qk";
    private static final String LIBRARIES =
            Path.of("../pipeline/target/lib").toAbsolutePath().normalize() + "/*";

    private KafkaJvm() {}

    /** Prepares the data folder that a broker's settings name. */
    static void format(Path folder, Path settings) throws Exception {
        try (Jvm format = start(
                folder, "format", "kafka.tools.StorageTool", "format", "-t", CLUSTER, "-c", settings.toString())) {
            if (format.exitCode(START) != 0) {
                throw new AssertionError(format.output());
            }
        }
    }

    /** Starts a broker and does not wait for it. */
    static Jvm broker(Path folder, String name, Path settings) throws IOException {
        return start(folder, name, "kafka.Kafka", settings.toString());
    }

    /** Waits until a broker serves. */
    static void awaitServing(Jvm broker) {
        Await.until("the broker", START, broker::output, text -> {
            if (!broker.isAlive()) {
                throw new AssertionError(text);
            }
            return text.contains("Kafka Server started");
        });
    }

    private static Jvm start(Path folder, String name, String main, String... arguments) throws IOException {
        Path logback = folder.resolve("logback.xml");
        if (!Files.exists(logback)) {
            Files.writeString(
                    logback,
                    "<configuration><appender name='out' class='ch.qos.logback.core.ConsoleAppender'><encoder>"
                            + "<pattern>%msg%n</pattern></encoder></appender><root level='INFO'><appender-ref ref='out'/>"
                            + "</root></configuration>");
        }
        List<String> command =
                new ArrayList<>(List.of("-Dlogback.configurationFile=" + logback, "-Xmx512m", "-cp", LIBRARIES, main));
        command.addAll(List.of(arguments));
        return Jvm.start(folder, name, Jdks.current(), Map.of(), command);
    }
}
