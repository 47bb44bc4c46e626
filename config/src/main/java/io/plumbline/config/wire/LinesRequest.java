package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Asks one instance which lines of a class can be probed.
 *
 * @param id names the request; the reply carries it
 * @param instance who is asked
 * @param type class name, simple class name or source file name
 */
public record LinesRequest(String id, String instance, String type) {
    private static final Set<String> KEYS = Set.of("id", "instance", "lines");

    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("instance", instance);
        map.put("lines", type);
        return Json.write(map);
    }

    public static LinesRequest parse(String json) {
        Fields fields = Fields.of(NodeReader.json(json, "request"), "a request", KEYS);
        return new LinesRequest(
                fields.requiredText("id"), fields.requiredText("instance"), fields.requiredText("lines"));
    }
}
