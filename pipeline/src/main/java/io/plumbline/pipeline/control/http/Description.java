package io.plumbline.pipeline.control.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.probe.ProbeSchema;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import io.plumbline.config.text.YamlText;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The description of the API in OpenAPI 3.1, for programs that write clients or tests. People write {@code openapi.yaml}; what a probe is
 * stands in the schema of probe files, whose parts become schemas here: {@code #/$defs/limits} is
 * {@code #/components/schemas/WrittenLimits}. The same for everyone and without a secret, so without a token.
 *
 * <p>Threads: Undertow's.
 */
public final class Description implements HttpHandler {
    /** Under the API's root. */
    public static final String NAME = "/openapi.json";

    private static final String RESOURCE = "openapi.yaml";
    private static final String DEFINITION = "#/$defs/";
    private static final String SCHEMA = "#/components/schemas/";

    private final String json = json();

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/json");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-cache");
        exchange.getResponseSender().send(json + "\n");
    }

    private static String json() {
        Map<String, Object> description =
                mapping(plain(YamlText.read(text(), RESOURCE).get(0)));
        Map<String, Object> schemas =
                mapping(mapping(description.get("components")).get("schemas"));
        Map<String, Object> probe = mapping(plain(NodeReader.json(ProbeSchema.json(), "the schema of probe files")));
        mapping(probe.get("$defs")).forEach((name, schema) -> schemas.put(name(name), schema));
        return Json.write(description);
    }

    /** What a part of the schema of probe files is called here. */
    private static String name(String part) {
        return part.equals("probe") ? "Probe" : "Written" + Character.toUpperCase(part.charAt(0)) + part.substring(1);
    }

    private static Object plain(Node node) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            mapping.entries().forEach((key, value) -> map.put(key, plain(value)));
            map.computeIfPresent("$ref", (key, value) -> reference((String) value));
            return map;
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items().stream().map(Description::plain).toList();
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return switch (scalar.type()) {
            case TEXT -> scalar.text();
            case BOOLEAN -> Boolean.parseBoolean(scalar.text());
            case NUMBER -> number(scalar.text());
            case NULL -> null;
        };
    }

    private static String reference(String reference) {
        return reference.startsWith(DEFINITION) ? SCHEMA + name(reference.substring(DEFINITION.length())) : reference;
    }

    private static Object number(String text) {
        if (text.matches("-?\\d+")) {
            return Long.parseLong(text);
        }
        return Double.parseDouble(text);
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> mapping(Object value) {
        return (Map<String, Object>) value;
    }

    private static String text() {
        try (InputStream in = Description.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the description of the API is not in this program: " + RESOURCE);
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("the description of the API can't be read", e);
        }
    }
}
