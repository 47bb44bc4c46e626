package io.plumbline.pipeline.control.snapshots;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A snapshot's single values by their paths, with the classes of objects and the sizes of lists, which are values too. */
final class Leaves {
    /** Of one snapshot; the first ones. */
    static final int MAX_LEAVES = 5_000;

    /** A longer text is compared by its beginning. */
    private static final int MAX_CHARS = 200;

    private static final String SIZE = ".size()";

    private final Map<String, Object> leaves = new LinkedHashMap<>();

    private Leaves() {}

    static Map<String, Object> of(Map<String, ?> values) {
        Leaves leaves = new Leaves();
        leaves.map("", values);
        return leaves.leaves;
    }

    private void map(String path, Map<?, ?> map) {
        map.forEach((key, value) -> {
            String name = key.toString();
            if (!Marks.isIdentity(name) && !name.equals(Marks.MORE)) {
                value(path.isEmpty() ? name : path + "." + name, value);
            }
        });
    }

    private void value(String path, Object value) {
        if (value instanceof Map<?, ?> map) {
            map(path, map);
        } else if (value instanceof List<?> list) {
            put(path + SIZE, Marks.size(list));
            for (int i = 0; i < list.size() - (Marks.isCut(list) ? 1 : 0); i++) {
                value(path + "[" + i + "]", list.get(i));
            }
        } else {
            put(path, value instanceof String text && text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : value);
        }
    }

    private void put(String path, Object value) {
        if (leaves.size() < MAX_LEAVES) {
            leaves.put(path, value);
        }
    }
}
