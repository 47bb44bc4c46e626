package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.Map;

/** Keys of a definition, as far as a person gave values for them. */
final class Given {
    private Given() {}

    /** Puts a value in, unless it is null, or a list or map without anything in it. */
    static void put(Map<String, Object> map, String key, Object value) {
        boolean empty = value == null
                || (value instanceof List<?> list && list.isEmpty())
                || (value instanceof Map<?, ?> inner && inner.isEmpty());
        if (!empty) {
            map.put(key, value);
        }
    }
}
