package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Nearest;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Exporters;
import io.plumbline.exporters.SettingsException;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Which exporters, and the settings of exporters and Kafka clients. Anything that fits nowhere is refused. */
final class PipelineSettings {
    private static final String KAFKA = "kafka.";

    private final List<ExporterFactory> factories;
    private final Map<String, String> settings;

    private PipelineSettings(List<ExporterFactory> factories, Map<String, String> settings) {
        this.factories = factories;
        this.settings = settings;
    }

    /**
     * Checks names and keys.
     *
     * @param exporters names; each once is enough
     * @param settings by full key, such as {@code elasticsearch.url} or {@code kafka.security.protocol}
     * @throws SettingsException naming the key and the remedy
     */
    static PipelineSettings of(Collection<String> exporters, Map<String, String> settings) {
        Map<String, ExporterFactory> installed = Exporters.installed();
        Set<String> names = new LinkedHashSet<>(exporters);
        List<ExporterFactory> factories = new ArrayList<>();
        for (String name : names) {
            factories.add(factory(name, installed));
        }
        for (String key : settings.keySet()) {
            requireOwner(key, names, installed.keySet());
        }
        return new PipelineSettings(List.copyOf(factories), Map.copyOf(settings));
    }

    /** Makes all exporters, or none: when one can't be made, those before it are closed. */
    List<Hosted> exporters() {
        List<Hosted> made = new ArrayList<>();
        try {
            for (ExporterFactory factory : factories) {
                Exporter exporter = factory.create(ExporterSettings.of(factory.name(), settings));
                made.add(new Hosted(factory, exporter));
            }
            return made;
        } catch (RuntimeException e) {
            made.forEach(hosted -> hosted.exporter().close());
            throw e;
        }
    }

    /** Settings of every Kafka client, the address included. */
    Map<String, Object> kafka(String address) {
        Map<String, Object> kafka = new HashMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith(KAFKA)) {
                kafka.put(key.substring(KAFKA.length()), value);
            }
        });
        kafka.put("bootstrap.servers", address);
        return kafka;
    }

    private static ExporterFactory factory(String name, Map<String, ExporterFactory> installed) {
        ExporterFactory factory = installed.get(name);
        if (factory == null) {
            String remedy = Nearest.to(name, installed.keySet())
                    .map(near -> "did you mean " + near + "?")
                    .orElse("installed are " + String.join(", ", installed.keySet()));
            throw new SettingsException("there is no exporter '" + name + "'; " + remedy);
        }
        return factory;
    }

    private static void requireOwner(String key, Set<String> started, Set<String> installed) {
        int dot = key.indexOf('.');
        String owner = dot < 0 ? key : key.substring(0, dot);
        if (key.startsWith(KAFKA) || started.contains(owner)) {
            return;
        }
        throw new SettingsException(
                installed.contains(owner)
                        ? key + " is set, but the exporter " + owner + " is not started; add --exporter " + owner
                        : "unknown setting " + key + "; settings begin with kafka. or an exporter's name: "
                                + String.join(", ", installed));
    }
}
