package io.plumbline.pipeline.control;

import static java.util.Locale.ROOT;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.Set;
import java.util.TreeSet;

/** The served description, for tests that hold answers against it. */
final class OpenApi {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonNode root;

    OpenApi(String json) {
        this.root = read(json);
    }

    /** Each operation as its method and path. */
    Set<String> operations() {
        Set<String> all = new TreeSet<>();
        root.get("paths")
                .fields()
                .forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    if (METHODS.contains(name)) {
                        all.add(name.toUpperCase(ROOT) + " " + path.getKey());
                    }
                }));
        return all;
    }

    JsonNode schema(String name) {
        return root.at("/components/schemas/" + name);
    }

    /** What an answer of an operation is found to be that the description does not say; empty when it is true. */
    Set<String> faults(String method, String path, int status, String type, String body) {
        JsonNode response = resolved(root.get("paths")
                .path(path)
                .path(method.toLowerCase(ROOT))
                .path("responses")
                .path(Integer.toString(status)));
        JsonNode content = response.path("content").path(type);
        if (content.isMissingNode()) {
            return Set.of(
                    method + " " + path + " answered " + status + " " + type + ", which is not described: " + body);
        }
        return faults(content.get("schema"), body);
    }

    /** The same for one of the schemas. */
    Set<String> faults(String schema, String body) {
        return faults(JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema), body);
    }

    private Set<String> faults(JsonNode schema, String body) {
        ObjectNode whole = JSON.createObjectNode();
        whole.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        whole.set("components", root.get("components"));
        whole.setAll((ObjectNode) schema);
        Set<String> faults = new TreeSet<>();
        for (Error each : SCHEMAS.getSchema(whole).validate(read(body))) {
            faults.add(each.getInstanceLocation() + ": " + each.getMessage());
        }
        return faults;
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? root.at(node.get("$ref").asText().substring(1)) : node;
    }

    static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + json, e);
        }
    }
}
