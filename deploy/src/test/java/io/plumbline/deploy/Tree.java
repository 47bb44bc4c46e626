package io.plumbline.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yaml.snakeyaml.Yaml;

/** The repository that the tests look at, and how they read its files. */
final class Tree {
    static final ObjectMapper JSON = new ObjectMapper();
    static final Path ROOT = Path.of("").toAbsolutePath().getParent();
    static final String VERSION = System.getProperty("plumbline.version");

    /** A tag or digest that says which image it is, for good: at least two numbers. */
    private static final Pattern PINNED = Pattern.compile("[a-z0-9./_-]+:v?[0-9]+\\.[0-9][A-Za-z0-9._-]*");

    private Tree() {}

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The documents of a YAML file, with anchors and merges put in. */
    static List<JsonNode> yaml(Path file) {
        List<JsonNode> documents = new ArrayList<>();
        new Yaml().loadAll(text(file)).forEach(document -> documents.add(JSON.valueToTree(document)));
        return documents;
    }

    static List<Path> files(String folder, String ending) {
        try (Stream<Path> found = Files.walk(ROOT.resolve(folder))) {
            return found.filter(file -> file.toString().endsWith(ending))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One of the schemas beside the tests. */
    static JsonNode schema(String name) {
        try (InputStream in = Tree.class.getResourceAsStream("/schemas/" + name)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> errors(JsonNode schema, SpecificationVersion version, JsonNode document) {
        Schema read = SchemaRegistry.withDefaultDialect(version).getSchema(schema);
        return read.validate(document).stream().map(Error::toString).toList();
    }

    static boolean isPinned(String image) {
        return PINNED.matcher(image).matches();
    }

    /** Whether an image is built from this tree, under the version that is built. */
    static boolean isOurs(String image) {
        return image.startsWith("plumbline/");
    }

    static Stream<JsonNode> elements(JsonNode list) {
        List<JsonNode> all = new ArrayList<>();
        list.forEach(all::add);
        return all.stream();
    }

    static Map<String, JsonNode> entries(JsonNode object) {
        return object.properties().stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** The settings that a sample file names, also in its comments. */
    static Set<String> settings(String sample) {
        return text(ROOT.resolve("config/settings/" + sample))
                .lines()
                .map(line -> line.replaceFirst("^#", ""))
                .filter(line -> line.matches("[a-z][A-Za-z0-9.-]*=.*"))
                .map(line -> line.substring(0, line.indexOf('=')))
                .collect(Collectors.toSet());
    }
}
