package io.plumbline.pipeline.control.assistants;

import io.plumbline.config.redaction.Redaction;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * A signal as an assistant sees it: values hidden by name and by pattern as its rules say, long texts and lists cut.
 *
 * <p>The bargain: a hidden value is also taken out of the message, wherever its text stands there, which may be one place too many.
 *
 * <p>Threads: belongs to one request.
 */
final class AssistantView implements UnaryOperator<Map<String, Object>> {
    /** Numbers by which a histogram or a stack is read, which are nothing when cut. */
    private static final Set<String> WHOLE = Set.of("bounds", "buckets", "stackOwn");
    /** Texts of many lines, which are worth less when cut as short as a value. */
    private static final Set<String> LONG = Set.of("stack", "exception");

    private static final int LONGER = 8;
    private static final int MAX_ITEMS = 20;
    private static final int MAX_ENTRIES = 50;
    /** A hidden number of one digit would take every such digit out of a message. */
    private static final int MIN_HIDDEN_CHARS = 3;

    private final AssistantRules rules;

    AssistantView(AssistantRules rules) {
        this.rules = rules;
    }

    @Override
    public Map<String, Object> apply(Map<String, Object> signal) {
        Set<String> hidden = new HashSet<>();
        Map<String, Object> seen = new LinkedHashMap<>();
        signal.forEach((key, value) -> seen.put(key, WHOLE.contains(key) ? value : part(key, value, hidden)));
        if (seen.get("body") instanceof String body) {
            String rest = body;
            for (String value : hidden) {
                rest = rest.replace(value, Redaction.HIDDEN);
            }
            seen.put("body", rest);
        }
        return seen;
    }

    private Object part(String key, Object value, Set<String> hidden) {
        return value instanceof String text
                ? text(text, LONG.contains(key) ? rules.chars() * LONGER : rules.chars())
                : value(value, hidden);
    }

    private Object named(String name, Object value, Set<String> hidden) {
        if (value == null || !rules.redaction().hidesName(name)) {
            return value(value, hidden);
        }
        leaves(value, hidden);
        return Redaction.HIDDEN;
    }

    private Object value(Object value, Set<String> hidden) {
        if (value instanceof String text) {
            return text(text, rules.chars());
        }
        if (value instanceof List<?> list) {
            List<Object> seen = new ArrayList<>();
            list.stream().limit(MAX_ITEMS).forEach(item -> seen.add(value(item, hidden)));
            if (list.size() > MAX_ITEMS) {
                seen.add("… (" + (list.size() - MAX_ITEMS) + " more)");
            }
            return seen;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> seen = new LinkedHashMap<>();
            map.entrySet().stream().limit(MAX_ENTRIES).forEach(entry -> {
                String name = String.valueOf(entry.getKey());
                seen.put(text(name, rules.chars()), named(name, entry.getValue(), hidden));
            });
            if (map.size() > MAX_ENTRIES) {
                seen.put("…", "(" + (map.size() - MAX_ENTRIES) + " more)");
            }
            return seen;
        }
        return value;
    }

    private String text(String text, int chars) {
        String clean = rules.redaction().clean(text);
        return clean.length() <= chars ? clean : clean.substring(0, chars) + "… (of " + clean.length() + " characters)";
    }

    private static void leaves(Object value, Set<String> leaves) {
        if (value instanceof Map<?, ?> map) {
            map.values().forEach(item -> leaves(item, leaves));
        } else if (value instanceof List<?> list) {
            list.forEach(item -> leaves(item, leaves));
        } else if (value != null && value.toString().length() >= MIN_HIDDEN_CHARS && !value.equals(Redaction.HIDDEN)) {
            leaves.add(value.toString());
        }
    }
}
