package io.plumbline.pipeline.cli;

import io.plumbline.exporters.SettingsException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where the settings of the processes come from: a file, and the command line, which counts more. */
final class SettingsOptions {
    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description =
                    "A file of settings, key=value on a line each, as in config/settings/pipeline.properties.example.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = {
                "A setting; may be given several times. A secret is given by reference, as $${env:NAME} or"
                        + " $${file:/path}: others on this machine see the command line."
            })
    private Map<String, String> settings = Map.of();

    private final SecretReferences references = new SecretReferences(System.getenv());

    /**
     * All settings, with what their references stand for.
     *
     * @param exporters that are started, {@code [NAME=]EXPORTER}
     * @throws SettingsException naming the key and the remedy, never a value
     */
    Map<String, String> read(List<String> exporters) {
        SecretKeys secrets = new SecretKeys(exporters);
        Map<String, String> all = new LinkedHashMap<>();
        if (file != null) {
            all.putAll(SettingsFile.read(file, secrets));
        }
        settings.forEach((key, value) -> {
            if (secrets.isLiteral(key, value)) {
                throw new SettingsException(
                        key + " is a secret, and everybody on this machine can read the command line; write --set '"
                                + key + "=${env:NAME}' or '" + key
                                + "=${file:/path}', or put it into a file of your own, mode 0600,"
                                + " for --settings");
            }
            all.put(key, value);
        });
        return references.resolved(all);
    }

    /** Runs what may complain of a setting, and keeps what references stand for out of the complaint. */
    <T> T masked(Supplier<T> action) {
        try {
            return action.get();
        } catch (SettingsException e) {
            throw new SettingsException(references.masked(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(references.masked(e.getMessage()), e);
        }
    }
}
