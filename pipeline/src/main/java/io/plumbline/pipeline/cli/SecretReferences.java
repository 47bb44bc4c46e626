package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.exporters.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what {@code ${env:NAME}} and {@code ${file:/path}} in settings stand for, and remembers it, so that it can be kept out of messages.
 *
 * <p>Settings of Kafka's clients are left as they are where {@code kafka.config.providers} is set: then Kafka reads references of its own.
 */
final class SecretReferences {
    private static final Pattern REFERENCE = Pattern.compile("\\$\\{(env|file):([^}]*)}");
    private static final String KAFKA = "kafka.";
    private static final String KAFKA_PROVIDERS = "kafka.config.providers";
    private static final int MAX_BYTES = 64 << 10;
    /** What is shorter would mask half a message. */
    private static final int MASKED_CHARS = 4;

    private final Map<String, String> variables;
    private final Set<String> secrets = new TreeSet<>((one, other) ->
            one.length() == other.length() ? one.compareTo(other) : Integer.compare(other.length(), one.length()));

    SecretReferences(Map<String, String> variables) {
        this.variables = variables;
    }

    static boolean hasAny(String value) {
        return REFERENCE.matcher(value).find();
    }

    /** @throws SettingsException naming the key and what is missing */
    Map<String, String> resolved(Map<String, String> settings) {
        Map<String, String> resolved = new LinkedHashMap<>();
        boolean kafkaReads = settings.containsKey(KAFKA_PROVIDERS);
        settings.forEach(
                (key, value) -> resolved.put(key, kafkaReads && key.startsWith(KAFKA) ? value : resolved(key, value)));
        return resolved;
    }

    private String resolved(String key, String value) {
        Matcher matcher = REFERENCE.matcher(value);
        StringBuilder text = new StringBuilder();
        while (matcher.find()) {
            String secret =
                    matcher.group(1).equals("env") ? variable(key, matcher.group(2)) : content(key, matcher.group(2));
            if (secret.length() >= MASKED_CHARS) {
                secrets.add(secret);
            }
            matcher.appendReplacement(text, Matcher.quoteReplacement(secret));
        }
        return matcher.appendTail(text).toString();
    }

    private String variable(String key, String name) {
        String value = variables.get(name);
        if (value == null || value.isBlank()) {
            throw new SettingsException(
                    key + " refers to the variable " + name + ", which is not set; export it first");
        }
        return value;
    }

    /** Without the line end that editors leave. */
    private static String content(String key, String name) {
        try {
            Path file = Path.of(name);
            if (Files.size(file) > MAX_BYTES) {
                throw new SettingsException(
                        key + " refers to " + name + ", which is larger than a secret: over " + MAX_BYTES + " bytes");
            }
            String text = Files.readString(file, UTF_8).stripTrailing();
            if (text.isEmpty()) {
                throw new SettingsException(key + " refers to " + name + ", which is empty");
            }
            return text;
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException(
                    key + " refers to " + name + ", which can't be read ("
                            + e.getClass().getSimpleName() + "); name a file of text that this user may read",
                    e);
        }
    }

    /** A message without what references stand for. */
    String masked(String message) {
        String masked = String.valueOf(message);
        for (String secret : secrets) {
            masked = masked.replace(secret, "***");
        }
        return masked;
    }
}
