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

    /**
     * {@code kafka=HOST:PORT,service=NAME,trusted-keys=KEY}; values with commas stand in quotes.
     *
     * @param service null to let the agent find one
     * @param key whose definitions it takes; null for everybody's
     */
    static String arguments(String kafka, String service, String key) {
        return "kafka=" + quoted(kafka)
                + (service == null ? "" : ",service=" + quoted(service))
                + (key == null ? "" : ",trusted-keys=" + key);
    }

    private static String quoted(String value) {
        return value.contains(",") ? "'" + value + "'" : value;
    }
}
