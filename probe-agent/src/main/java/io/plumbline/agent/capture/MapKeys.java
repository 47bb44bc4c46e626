package io.plumbline.agent.capture;

import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.common.ValueType;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Keys of the application's maps as keys of a value: where each is a text of its own, the map is shown as a map. */
final class MapKeys {

    private MapKeys() {}

    /** Whether all keys are single values, and no two of them read alike. */
    static boolean areTexts(List<Value<?>> keys) {
        Set<String> texts = new HashSet<>();
        for (Value<?> key : keys) {
            boolean isSingle = key.getType() == ValueType.STRING
                    || key.getType() == ValueType.LONG
                    || key.getType() == ValueType.BOOLEAN
                    || key.getType() == ValueType.DOUBLE;
            if (!isSingle || !texts.add(text(key))) {
                return false;
            }
        }
        return true;
    }

    static Map<String, Value<?>> map(List<Value<?>> keys, List<Value<?>> values) {
        Map<String, Value<?>> map = new LinkedHashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            map.put(text(keys.get(i)), values.get(i));
        }
        return map;
    }

    /** A key that begins with {@code @} gets another, so that it is none of ours. */
    static String text(Value<?> key) {
        String text = key.getType() == ValueType.KEY_VALUE_LIST ? "…" : key.asString();
        return text.startsWith("@") ? "@" + text : text;
    }
}
