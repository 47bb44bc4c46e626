package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A JSON object as the control plane sent it. What is absent reads as empty, zero or false. */
final class JsonObject {
    private final Map<String, Node> entries;

    private JsonObject(Map<String, Node> entries) {
        this.entries = entries;
    }

    static JsonObject parse(String json) {
        return of(NodeReader.json(json, "answer"));
    }

    private static JsonObject of(Node node) {
        return new JsonObject(node instanceof Node.Mapping mapping ? mapping.entries() : Map.of());
    }

    boolean has(String key) {
        return entries.get(key) instanceof Node.Scalar scalar
                ? scalar.type() != Node.Scalar.Type.NULL
                : entries.containsKey(key);
    }

    String text(String key) {
        return entries.get(key) instanceof Node.Scalar scalar ? scalar.text() : "";
    }

    long number(String key) {
        String text = text(key);
        return text.isEmpty() ? 0 : (long) Double.parseDouble(text);
    }

    double decimal(String key) {
        String text = text(key);
        return text.isEmpty() ? 0 : Double.parseDouble(text);
    }

    boolean flag(String key) {
        return text(key).equals("true");
    }

    JsonObject object(String key) {
        return entries.containsKey(key) ? of(entries.get(key)) : new JsonObject(Map.of());
    }

    /** The value as it was sent; null where it is absent. */
    Node node(String key) {
        return entries.get(key);
    }

    List<JsonObject> objects(String key) {
        return items(key).stream().map(JsonObject::of).toList();
    }

    List<String> texts(String key) {
        return items(key).stream()
                .filter(Node.Scalar.class::isInstance)
                .map(item -> ((Node.Scalar) item).text())
                .toList();
    }

    /** The texts of an object of single values, in their order. */
    Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (value instanceof Node.Scalar scalar) {
                texts.put(key, scalar.text());
            }
        });
        return texts;
    }

    /** The keys, in their order. */
    List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /** All values, in their order. */
    Map<String, Node> nodes() {
        return entries;
    }

    /** {@code a=1, b=2}. */
    String pairs() {
        return texts().entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private List<Node> items(String key) {
        Node node = entries.get(key);
        if (node instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        return node == null ? List.of() : List.of(node);
    }
}
