package io.plumbline.exporters.elasticsearch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import io.plumbline.exporters.http.Answer;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * Which product answers, and how it calls a field that holds any keys without a mapping for each.
 *
 * @param values the mapping of such a field, as JSON
 */
record Product(String values) {

    private static final JsonFactory JSON = new JsonFactory();

    /** Values above the limit are kept but not searchable; without it they would be refused (Lucene: 32766 bytes). */
    private static final Product ELASTICSEARCH = new Product("{\"type\":\"flattened\",\"ignore_above\":8191}");

    private static final Product OPENSEARCH = new Product("{\"type\":\"flat_object\"}");
    /** Without such a type: kept with the document, but not searchable. */
    private static final Product OLD_OPENSEARCH = new Product("{\"type\":\"object\",\"enabled\":false}");

    /**
     * Reads who answers.
     *
     * @param root the answer to {@code GET /}
     */
    static Product of(Answer root) throws IOException {
        Map<String, String> texts = texts(root.body());
        String version = texts.get("number");
        if (version == null) {
            throw new IOException(
                    "GET / names no version; check that elasticsearch.url is an Elasticsearch or OpenSearch");
        }
        if (!"opensearch".equals(texts.get("distribution"))) {
            return ELASTICSEARCH;
        }
        return version.matches("1\\..*|2\\.[0-6]\\..*") ? OLD_OPENSEARCH : OPENSEARCH;
    }

    /** All texts of the answer by their name, up to where it stops to be JSON. */
    private static Map<String, String> texts(String json) throws IOException {
        Map<String, String> texts = new HashMap<>();
        try (JsonParser parser = JSON.createParser(json)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.VALUE_STRING) {
                    texts.put(parser.currentName(), parser.getText());
                }
            }
        } catch (JsonProcessingException e) {
            // Whatever it is, it names no version.
        }
        return texts;
    }
}
