package io.plumbline.config.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every key of a probe and every setting is told of in the docs. */
class DocumentedKeysTest {
    private static final Path DOCS = Path.of("../docs");
    private static final Pattern SETTING = Pattern.compile("(?m)^#?([a-z][\\w.-]*\\.[\\w.-]+)=");

    @Test
    void keysOfTheProbeSchema_areInTheProbeReference() throws IOException {
        Set<String> keys = new TreeSet<>();
        collect(new ObjectMapper().readTree(Path.of("schema/probe.json").toFile()), keys);
        String reference = Files.readString(DOCS.resolve("probes.md")) + Files.readString(DOCS.resolve("safety.md"));

        assertThat(keys)
                .hasSizeGreaterThan(40)
                .allSatisfy(key -> assertThat(reference)
                        .as("docs/probes.md or docs/safety.md, about the key '%s'", key)
                        .containsPattern("[`{ .]" + Pattern.quote(key) + "[`:},. ]"));
    }

    @Test
    void settings_areInTheDocs() throws IOException {
        String docs = docs();
        List<String> missing = new ArrayList<>();
        for (String file : List.of("agent.properties.example", "pipeline.properties.example")) {
            Matcher setting =
                    SETTING.matcher(Files.readString(Path.of("settings").resolve(file)));
            while (setting.find()) {
                if (!isTold(setting.group(1), docs)) {
                    missing.add(setting.group(1));
                }
            }
        }

        assertThat(missing)
                .as("settings of config/settings that no page of docs/ has")
                .isEmpty();
    }

    /** By its full key, or as one of any instance. */
    private static boolean isTold(String key, String docs) {
        return docs.contains(key) || docs.contains(key.replaceFirst("^errors\\.", "NAME."));
    }

    private static String docs() throws IOException {
        try (Stream<Path> pages = Files.list(DOCS)) {
            StringBuilder text = new StringBuilder();
            for (Path page :
                    pages.filter(file -> file.toString().endsWith(".md")).toList()) {
                text.append(Files.readString(page));
            }
            return text.toString();
        }
    }

    private static void collect(JsonNode node, Set<String> keys) {
        node.path("properties").fieldNames().forEachRemaining(keys::add);
        node.forEach(child -> collect(child, keys));
    }
}
