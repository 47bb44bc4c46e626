package io.plumbline.agent;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Settings of Kafka's clients from a file, in Kafka's own form and names: TLS, SASL. In a file, so that no password stands on a
 * command line.
 */
final class KafkaConfig {
    /** As it is written in settings, whatever the clients are called in this process; not one text, for the agent renames those. */
    private static final String WRITTEN = String.join(".", "org", "apache", "kafka", "");

    private static final String HERE =
            CommonClientConfigs.class.getPackageName().replaceAll("clients$", "");

    private KafkaConfig() {}

    /**
     * Reads a file.
     *
     * @param setting the setting that names it, for errors
     * @throws IllegalArgumentException when it can't be read, or holds what is not its business
     */
    static Map<String, Object> read(String setting, String file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of(file))) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    setting + " must name a file of Kafka client settings that can be read: " + file + " (" + e + ")",
                    e);
        }
        if (properties.containsKey(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)) {
            throw new IllegalArgumentException(
                    setting + ": " + file + " names bootstrap.servers; take it out, plumbline.kafka has them");
        }
        Map<String, Object> client = new HashMap<>();
        properties.stringPropertyNames().forEach(name -> client.put(name, named(properties.getProperty(name))));
        return client;
    }

    /** Login modules and the like by the names that they have in this process. */
    private static String named(String value) {
        return value.replace(WRITTEN, HERE);
    }
}
