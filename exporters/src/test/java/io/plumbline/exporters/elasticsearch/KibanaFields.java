package io.plumbline.exporters.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Which fields of an index Kibana's saved objects name. */
final class KibanaFields {
    private static final String FILE = "dashboards/src/main/resources/dashboards/kibana/plumbline.ndjson";

    /** The left side of a comparison in Kibana's query language. */
    private static final Pattern COMPARED = Pattern.compile("([\\w.@]+):");

    private final Set<String> named = new TreeSet<>();
    private final Set<String> grouped = new TreeSet<>();

    private KibanaFields() {}

    static KibanaFields read() throws IOException {
        KibanaFields fields = new KibanaFields();
        for (String line : Files.readAllLines(root().resolve(FILE))) {
            fields.take(new ObjectMapper().readTree(line).get("attributes"));
        }
        return fields;
    }

    /** All. */
    Set<String> named() {
        return named;
    }

    /** Those by which is counted, which only keywords allow. */
    Set<String> grouped() {
        return grouped;
    }

    private void take(JsonNode node) throws IOException {
        if (node.has("columns") && node.get("columns").isArray()) {
            node.get("columns").forEach(column -> {
                if (column.isTextual()) {
                    named.add(column.asText());
                }
            });
        }
        if (node.has("timeFieldName")) {
            named.add(node.get("timeFieldName").asText());
        }
        String source = node.path("sourceField").asText();
        if (!source.isEmpty() && !source.equals("___records___")) {
            named.add(source);
            if (node.get("operationType").asText().equals("terms")) {
                grouped.add(source);
            }
        }
        if (node.path("language").asText().equals("kuery")) {
            COMPARED.matcher(node.get("query").asText()).results().forEach(match -> named.add(match.group(1)));
        }
        if (node.has("searchSourceJSON")) {
            take(new ObjectMapper().readTree(node.get("searchSourceJSON").asText()));
        }
        for (JsonNode child : node) {
            take(child);
        }
    }

    /** The fields of a mapping by their full names, each with its type. */
    static Map<String, String> mapped(JsonNode mapping) {
        Map<String, String> fields = new TreeMap<>();
        mapping.findValues("mappings").forEach(each -> collect("", each.get("properties"), fields));
        return fields;
    }

    private static void collect(String prefix, JsonNode properties, Map<String, String> fields) {
        properties.fields().forEachRemaining(field -> {
            String name = prefix + field.getKey();
            if (field.getValue().has("properties")) {
                collect(name + ".", field.getValue().get("properties"), fields);
            } else {
                fields.put(name, field.getValue().get("type").asText());
            }
        });
    }

    /** The repository's folder, from whichever module the test runs in. */
    private static Path root() {
        Path folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve(FILE))) {
            folder = folder.getParent();
        }
        return folder;
    }
}
