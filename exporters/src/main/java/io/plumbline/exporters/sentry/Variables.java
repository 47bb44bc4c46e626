package io.plumbline.exporters.sentry;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies captured values within {@link Bounds}, in a form that JSON can hold. What is cut here is marked as the agent
 * marks what it cuts: {@code @cut} is {@code bytes}, {@code @more} how many are missing.
 */
final class Variables {

    private static final String TYPE = "@type";
    private static final String CUT = "@cut";
    private static final String MORE = "@more";
    private static final String REASON = "bytes";

    private final Bounds bounds;

    private Variables(Bounds bounds) {
        this.bounds = bounds;
    }

    static Map<String, Object> of(Map<?, ?> values, Bounds bounds) {
        if (values.isEmpty()) {
            return Map.of();
        }
        return bounds.hasVariables()
                ? new Variables(bounds).map(values, bounds.levels())
                : Map.of(CUT, REASON, MORE, values.size());
    }

    private Object value(Object value, int levels) {
        if (value instanceof String text) {
            return text.length() <= bounds.chars() ? text : text.substring(0, bounds.chars()) + "…";
        }
        if (value instanceof Double number && !Double.isFinite(number)) {
            return number.toString();
        }
        if (value instanceof Map<?, ?> map) {
            return levels > 0 ? map(map, levels) : closed(map);
        }
        if (value instanceof List<?> list) {
            return levels > 0 ? list(list, levels) : List.of(Map.of(CUT, REASON, MORE, list.size()));
        }
        return value;
    }

    private Map<String, Object> map(Map<?, ?> map, int levels) {
        Map<String, Object> copy = new LinkedHashMap<>();
        int left = bounds.elements();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (left-- == 0) {
                copy.put(CUT, REASON);
                copy.put(MORE, map.size() - bounds.elements());
                break;
            }
            copy.put(String.valueOf(entry.getKey()), value(entry.getValue(), levels - 1));
        }
        return copy;
    }

    private List<Object> list(List<?> list, int levels) {
        List<Object> copy = new ArrayList<>();
        for (Object element : list) {
            if (copy.size() == bounds.elements()) {
                copy.add(Map.of(CUT, REASON, MORE, list.size() - bounds.elements()));
                break;
            }
            copy.add(value(element, levels - 1));
        }
        return copy;
    }

    /** An object by its class alone. */
    private static Map<String, Object> closed(Map<?, ?> map) {
        Map<String, Object> closed = new LinkedHashMap<>();
        if (map.containsKey(TYPE)) {
            closed.put(TYPE, map.get(TYPE));
        }
        closed.put(CUT, REASON);
        return closed;
    }
}
