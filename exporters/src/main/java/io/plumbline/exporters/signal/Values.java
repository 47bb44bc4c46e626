package io.plumbline.exporters.signal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small reads and copies of attribute values. */
final class Values {

    private Values() {}

    /** An unmodifiable copy in the same order, which {@link Map#copyOf} would lose. */
    static Map<String, Object> copyOf(Map<String, ?> values) {
        return values.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The value as text, or "" if there is none. */
    static String text(Map<String, Object> values, String name) {
        Object value = values.get(name);
        return value == null ? "" : value.toString();
    }
}
