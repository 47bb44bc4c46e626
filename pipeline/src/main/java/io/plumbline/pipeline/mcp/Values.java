package io.plumbline.pipeline.mcp;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plain values of JSON: a tool's arguments, or the control plane's answer. What is absent or of another type reads as empty. */
final class Values {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> map;

    private Values(Map<String, Object> map) {
        this.map = map;
    }

    static Values of(Map<String, Object> map) {
        return new Values(map == null ? Map.of() : map);
    }

    static Values parse(String json) {
        try {
            return of(JSON.readValue(json, new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            throw new ControlApi.Refused("the control plane's answer is no JSON; is it the right address?");
        }
    }

    Map<String, Object> map() {
        return map;
    }

    Object get(String key) {
        return map.get(key);
    }

    boolean has(String key) {
        return map.get(key) != null && !map.get(key).equals("");
    }

    Optional<String> text(String key) {
        return has(key) ? Optional.of(map.get(key).toString()) : Optional.empty();
    }

    /** @throws ControlApi.Refused when it is not there */
    String required(String key) {
        return text(key).orElseThrow(() -> new ControlApi.Refused("the argument '" + key + "' is missing"));
    }

    int number(String key, int otherwise, int min, int max) {
        int number = map.get(key) instanceof Number given ? given.intValue() : otherwise;
        return Math.max(min, Math.min(max, number));
    }

    boolean flag(String key) {
        return Boolean.TRUE.equals(map.get(key));
    }

    Values object(String key) {
        return of(asMap(map.get(key)));
    }

    List<Values> objects(String key) {
        return map.get(key) instanceof List<?> list
                ? list.stream().map(item -> of(asMap(item))).toList()
                : List.of();
    }

    private static Map<String, Object> asMap(Object value) {
        Map<String, Object> copy = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> entries) {
            entries.forEach((name, each) -> copy.put(name.toString(), each));
        }
        return copy;
    }
}
