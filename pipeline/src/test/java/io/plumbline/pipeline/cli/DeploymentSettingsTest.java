package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.SettingsException;
import io.plumbline.pipeline.control.records.SigningKey;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.Yaml;

/** What docker-compose.yml and the manifests tell plumb, read as plumb reads it: commands, exporters, every setting. */
class DeploymentSettingsTest {
    private static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    private static final Path BASE = ROOT.resolve("deploy/kubernetes/base");

    @TempDir
    private Path folder;

    @Test
    void composesPipeline_startsWithItsExportersAndSettings() throws IOException {
        List<String> words = composeCommand();
        assertThat(Plumb.commandLine().parseArgs(words.toArray(String[]::new)).subcommand())
                .isNotNull();

        assertThat(made(options(words, "--exporter="), settings(options(words, "--set="))))
                .containsExactlyInAnyOrder("prometheus", "elasticsearch", "jaeger");
    }

    @Test
    void composesPipeline_withAWrongSetting_wouldBeRefused() throws IOException {
        List<String> words = composeCommand();
        Map<String, String> settings = settings(options(words, "--set="));
        settings.put("jaeger.uri", "http://jaeger:4318");

        assertThatThrownBy(() -> made(options(words, "--exporter="), settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("jaeger.uri");
    }

    @Test
    void manifestsPipeline_startsWithItsExportersAndSettings() throws IOException {
        List<String> words = arguments("pipeline.yaml");
        assertThat(words).contains("--settings=/etc/plumbline/settings/pipeline.properties");
        Path file = BASE.resolve("pipeline.properties");
        List<String> exporters = options(words, "--exporter=");

        assertThat(made(exporters, new HashMap<>(SettingsFile.read(file, new SecretKeys(exporters)))))
                .containsExactlyInAnyOrder("prometheus", "elasticsearch", "jaeger");
    }

    @Test
    void manifestsControlPlane_startsWithItsSettings() throws IOException {
        List<String> words = arguments("control.yaml");
        assertThat(words).contains("--role=control", "--settings=/etc/plumbline/settings/control.properties");
        Map<String, String> settings =
                new HashMap<>(SettingsFile.read(BASE.resolve("control.properties"), new SecretKeys(List.of())));
        SigningKey.in(folder);
        assertThat(settings.put(
                        "control.signing-key", folder.resolve("signing.key").toString()))
                .isEqualTo("/etc/plumbline/signing/signing.key");

        assertThat(made(List.of(), settings)).isEmpty();
    }

    /** The instances that start; closed again. */
    private static List<String> made(List<String> exporters, Map<String, String> settings) {
        settings.put("prometheus.port", "0");
        if (exporters.isEmpty()) {
            settings.remove("prometheus.port");
        }
        List<String> names = new ArrayList<>();
        PipelineSettings.of(exporters, settings).exporters().forEach(hosted -> {
            names.add(hosted.name());
            hosted.exporter().close();
        });
        return names;
    }

    private static List<String> options(List<String> words, String option) {
        return words.stream()
                .filter(word -> word.startsWith(option))
                .map(word -> word.substring(option.length()))
                .toList();
    }

    private static Map<String, String> settings(List<String> pairs) {
        Map<String, String> settings = new HashMap<>();
        pairs.forEach(
                pair -> settings.put(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1)));
        return settings;
    }

    private static List<String> composeCommand() throws IOException {
        return texts(at(documents(ROOT.resolve("docker-compose.yml")).get(0), "services", "pipeline", "command"));
    }

    private static List<String> arguments(String manifest) throws IOException {
        Object container = documents(BASE.resolve(manifest)).stream()
                .filter(document -> "Deployment".equals(at(document, "kind")))
                .map(document -> at(document, "spec", "template", "spec", "containers"))
                .map(containers -> ((List<?>) containers).get(0))
                .findFirst()
                .orElseThrow();
        return texts(at(container, "args"));
    }

    private static List<Object> documents(Path file) throws IOException {
        try (Reader reader = Files.newBufferedReader(file)) {
            return StreamSupport.stream(new Yaml().loadAll(reader).spliterator(), false)
                    .toList();
        }
    }

    private static Object at(Object node, String... keys) {
        Object found = node;
        for (String key : keys) {
            found = ((Map<?, ?>) found).get(key);
        }
        return found;
    }

    private static List<String> texts(Object list) {
        return Stream.of(((List<?>) list).toArray()).map(String::valueOf).toList();
    }
}
