package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Nearest;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Exporters;
import io.plumbline.exporters.SettingsException;
import io.plumbline.pipeline.control.ControlSettings;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import io.plumbline.pipeline.stream.Routing;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which exporters, and the settings of exporters, Kafka clients and the control plane. Anything that fits nowhere is refused. */
final class PipelineSettings {
    private static final String KAFKA = "kafka.";
    private static final String CONTROL = "control.";

    private final List<Instance> instances;
    private final Map<String, String> settings;

    private PipelineSettings(Collection<Instance> instances, Map<String, String> settings) {
        this.instances = List.copyOf(instances);
        this.settings = Map.copyOf(settings);
    }

    /** Checks names and keys, with our own exporters. */
    static PipelineSettings of(Collection<String> exporters, Map<String, String> settings) {
        return of(exporters, settings, Exporters.installed());
    }

    /**
     * Checks names and keys.
     *
     * @param exporters {@code EXPORTER} or {@code NAME=EXPORTER}; each once is enough
     * @param settings by full key, such as {@code elasticsearch.url} or {@code kafka.security.protocol}
     * @param installed what there is to choose from, by name
     * @throws SettingsException naming the key and the remedy
     */
    static PipelineSettings of(
            Collection<String> exporters, Map<String, String> settings, Map<String, ExporterFactory> installed) {
        Map<String, Instance> started = new LinkedHashMap<>();
        for (String text : exporters) {
            Instance instance = Instance.parse(text, installed);
            Instance other = started.putIfAbsent(instance.name(), instance);
            if (other != null && !other.equals(instance)) {
                throw new SettingsException("two instances are called '" + instance.name() + "': " + other.text()
                        + " and " + instance.text() + "; give one of them another name");
            }
        }
        for (String key : settings.keySet()) {
            requireOwner(key, started, installed.keySet());
        }
        PipelineSettings all = new PipelineSettings(started.values(), settings);
        try {
            all.control();
        } catch (IllegalArgumentException e) {
            throw new SettingsException(e.getMessage(), e);
        }
        return all;
    }

    /** Makes all exporters, or none: when one can't be made, those before it are closed. */
    List<Hosted> exporters() {
        List<Hosted> made = new ArrayList<>();
        try {
            for (Instance instance : instances) {
                made.add(hosted(instance));
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

    /** Settings of the control plane. */
    ControlSettings control() {
        return ControlSettings.of(settings);
    }

    private Hosted hosted(Instance instance) {
        ExporterSettings own = ExporterSettings.of(instance.name(), settings);
        ExporterFactory factory = instance.factory();
        Routing routing = Routing.of(own, factory.takes());
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(factory.getClass().getClassLoader());
        try {
            return new Hosted(instance.name(), factory, factory.create(own), routing);
        } catch (LinkageError e) {
            throw new SettingsException(
                    "the exporter " + factory.name() + " can't be made, its jar lacks a class or fits another version: "
                            + e,
                    e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void requireOwner(String key, Map<String, Instance> started, Set<String> installed) {
        int dot = key.indexOf('.');
        String owner = dot < 0 ? key : key.substring(0, dot);
        if (key.startsWith(KAFKA) || key.startsWith(CONTROL) || (dot >= 0 && started.containsKey(owner))) {
            return;
        }
        if (installed.contains(owner)) {
            throw new SettingsException(key + " is set, but the exporter " + owner + " is not started; "
                    + otherName(key.substring(dot + 1), owner, started) + "add --exporter " + owner);
        }
        Set<String> names = new TreeSet<>(installed);
        names.addAll(started.keySet());
        throw new SettingsException("unknown setting " + key + "; "
                + Nearest.to(owner, started.keySet())
                        .map(near -> "did you mean " + near + key.substring(owner.length()) + "?")
                        .orElse("settings begin with kafka., control. or an exporter's name: "
                                + String.join(", ", names) + "; an instance of another name is started with --exporter "
                                + owner + "=EXPORTER"));
    }

    /** The exporter may run under another name, and the setting be meant for that. */
    private static String otherName(String rest, String exporter, Map<String, Instance> started) {
        List<String> others = started.values().stream()
                .filter(instance -> instance.factory().name().equals(exporter))
                .map(instance -> instance.name() + "." + rest)
                .toList();
        return others.isEmpty() ? "" : "write " + String.join(" or ", others) + " for its instance, or ";
    }
}
