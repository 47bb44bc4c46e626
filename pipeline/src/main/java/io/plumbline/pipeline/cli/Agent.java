package io.plumbline.pipeline.cli;

import java.nio.file.Files;
import java.nio.file.Path;

/** The agent's jar and what to tell it. */
final class Agent {
    private Agent() {}

    static Path requireJar() {
        Path jar = Folders.agentJar();
        if (!Files.exists(jar)) {
            throw Failure.notSo("the agent's jar is not there: " + jar + "; build it with: ./mvnw -DskipTests package");
        }
        return jar;
    }

    /** {@code kafka=HOST:PORT,service=NAME}; values with commas stand in quotes. */
    static String arguments(String kafka, String service) {
        return "kafka=" + quoted(kafka) + (service == null ? "" : ",service=" + quoted(service));
    }

    private static String quoted(String value) {
        return value.contains(",") ? "'" + value + "'" : value;
    }
}
