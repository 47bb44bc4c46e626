package io.plumbline.pipeline.control.shares;

import io.plumbline.config.text.Node;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON that was read, as plain values again; and plain values no deeper than what reads JSON takes. */
final class Plain {
    /** Of a signal's values: with what stands around them less than the reader's bound. */
    private static final int MAX_DEPTH = 26;

    private Plain() {}

    static Object of(Node node) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, Object> map = new LinkedHashMap<>();
            mapping.entries().forEach((name, value) -> map.put(name, of(value)));
            return map;
        }
        if (node instanceof Node.Sequence sequence) {
            List<Object> list = new ArrayList<>();
            sequence.items().forEach(item -> list.add(of(item)));
            return list;
        }
        return scalar((Node.Scalar) node);
    }

    private static Object scalar(Node.Scalar scalar) {
        return switch (scalar.type()) {
            case TEXT -> scalar.text();
            case BOOLEAN -> Boolean.valueOf(scalar.text());
            case NULL -> null;
            case NUMBER -> number(scalar.text());
        };
    }

    private static Object number(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            return Double.valueOf(text);
        }
    }

    /** The same, with a mark where it is deeper than can be read back. */
    static Object bounded(Object value) {
        return bounded(value, MAX_DEPTH);
    }

    private static Object bounded(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> bounded = new LinkedHashMap<>();
            if (depth == 0) {
                bounded.put("@cut", "depth");
            } else {
                map.forEach((name, part) -> bounded.put(String.valueOf(name), bounded(part, depth - 1)));
            }
            return bounded;
        }
        if (value instanceof List<?> list) {
            return depth == 0 ? List.of(Map.of("@cut", "depth")) : items(list, depth);
        }
        return value;
    }

    private static List<Object> items(List<?> list, int depth) {
        List<Object> items = new ArrayList<>();
        list.forEach(item -> items.add(bounded(item, depth - 1)));
        return items;
    }
}
