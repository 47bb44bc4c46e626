package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Nearest;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.SettingsException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * An exporter that is to run, under a name: {@code elasticsearch}, or {@code audit=elasticsearch} for one of another name.
 *
 * @param name which its settings, consumer group and counts go by
 */
record Instance(String name, ExporterFactory factory) {
    /** The rule for names, for errors. */
    static final String NAMES =
            "a name is up to 40 lower-case letters, digits and '-', beginning with a letter, and not kafka or pairing";

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** Kafka's settings begin with the one; the other would be the consumer group of pairing. */
    private static final Set<String> TAKEN = Set.of("kafka", "pairing");

    /**
     * Reads what people write.
     *
     * @param installed factories by name
     * @throws SettingsException naming what is wrong and the remedy
     */
    static Instance parse(String text, Map<String, ExporterFactory> installed) {
        int equals = text.indexOf('=');
        String exporter = text.substring(equals + 1).strip();
        ExporterFactory factory = factory(exporter, installed);
        if (equals < 0) {
            return new Instance(exporter, factory);
        }
        String name = text.substring(0, equals).strip();
        if (!NAME.matcher(name).matches()) {
            throw new SettingsException(
                    "an instance's name is up to 40 lower-case letters, digits and '-', beginning with"
                            + " a letter: '" + name + "'; write --exporter NAME=" + exporter + ", such as my-"
                            + exporter + "="
                            + exporter);
        }
        if (TAKEN.contains(name) || (installed.containsKey(name) && !name.equals(exporter))) {
            throw new SettingsException("an instance of " + exporter + " can't be called '" + name + "', which is "
                    + (TAKEN.contains(name) ? "taken" : "another exporter's name") + "; choose another, such as my-"
                    + exporter);
        }
        return new Instance(name, factory);
    }

    /** Whether an exporter or an instance can be called so. */
    static boolean isName(String name) {
        return NAME.matcher(name).matches() && !TAKEN.contains(name);
    }

    /** As people write it. */
    String text() {
        return name.equals(factory.name()) ? name : name + "=" + factory.name();
    }

    private static ExporterFactory factory(String name, Map<String, ExporterFactory> installed) {
        ExporterFactory factory = installed.get(name);
        if (factory == null) {
            String remedy = Nearest.to(name, installed.keySet())
                    .map(near -> "did you mean " + near + "?")
                    .orElse("installed are " + String.join(", ", new TreeSet<>(installed.keySet())));
            throw new SettingsException("there is no exporter '" + name + "'; " + remedy);
        }
        return factory;
    }
}
