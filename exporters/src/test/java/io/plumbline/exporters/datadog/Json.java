package io.plumbline.exporters.datadog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.exporters.kit.ScriptedBackend.Request;
import java.util.ArrayList;
import java.util.List;

/** Reads what was sent. */
final class Json {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private Json() {}

    static JsonNode of(Request request) {
        try {
            return MAPPER.readTree(request.text());
        } catch (JsonProcessingException e) {
            throw new AssertionError(request.text(), e);
        }
    }

    /** As {@code name{tag,tag}@second=value}, only tags that say something about the bucket or the label n. */
    static List<String> series(List<Request> requests) {
        List<String> lines = new ArrayList<>();
        for (Request request : requests) {
            for (JsonNode series : of(request).get("series")) {
                JsonNode point = series.get("points").get(0);
                lines.add(series.get("metric").asText() + tags(series) + "="
                        + point.get("value").asDouble());
            }
        }
        return lines;
    }

    private static List<String> tags(JsonNode series) {
        List<String> tags = new ArrayList<>();
        series.get("tags").forEach(tag -> {
            if (tag.asText().matches("(n|lower_bound|upper_bound):.*")) {
                tags.add(tag.asText());
            }
        });
        return tags;
    }
}
