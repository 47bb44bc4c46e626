package io.plumbline.pipeline.mcp;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes what a person could not see visible before a model reads it: invisible characters, those that turn the direction of reading, and
 * the tag characters in which text can be hidden whole.
 */
final class Visible {
    private Visible() {}

    static Object of(Object value) {
        if (value instanceof String text) {
            return text(text);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Visible::of).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> visible = new LinkedHashMap<>();
            map.forEach((key, item) -> visible.put(text(key.toString()), of(item)));
            return visible;
        }
        return value;
    }

    static String text(String text) {
        StringBuilder visible = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (isHidden(point)) {
                visible.append(String.format("\\u{%x}", point));
            } else {
                visible.appendCodePoint(point);
            }
        });
        return visible.toString();
    }

    private static boolean isHidden(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL -> point != '\n' && point != '\t' && point != '\r';
            case Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.PRIVATE_USE,
                    Character.SURROGATE,
                    Character.UNASSIGNED -> true;
            default -> false;
        };
    }
}
