package io.plumbline.pipeline.control.snapshots;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which variables a snapshot has, and of which types.
 *
 * @param types by variable; of an object its class, else {@code text}, {@code number}, {@code boolean}, {@code null}, {@code list} or {@code map}
 */
record Shape(Map<String, String> types) {
    Shape {
        types = new TreeMap<>(types);
    }

    /** Watch expressions and static fields count one by one, as {@code @watch.name}. */
    static Shape of(Map<String, Object> values) {
        Map<String, String> types = new TreeMap<>();
        values.forEach((name, value) -> {
            if (name.equals(Marks.CUT) || name.equals(Marks.MORE)) {
                return;
            }
            if (name.startsWith("@") && !name.startsWith("@@") && value instanceof Map<?, ?> parts) {
                parts.forEach((part, each) -> types.put(name + "." + part, type(each)));
            } else {
                types.put(name, type(value));
            }
        });
        return new Shape(types);
    }

    static String type(Object value) {
        if (value instanceof Map<?, ?> map) {
            if (map.containsKey(Marks.TEXT)) {
                return "text";
            }
            return map.get(Marks.TYPE) instanceof String type ? type : "map";
        }
        if (value instanceof List<?>) {
            return "list";
        }
        if (value instanceof Number) {
            return "number";
        }
        return value == null ? "null" : value instanceof Boolean ? "boolean" : "text";
    }

    List<Map<String, Object>> form() {
        List<Map<String, Object>> form = new ArrayList<>();
        types.forEach((name, type) -> {
            Map<String, Object> variable = new LinkedHashMap<>();
            variable.put("name", name);
            variable.put("type", type);
            form.add(variable);
        });
        return form;
    }
}
