package io.plumbline.pipeline.control.snapshots;

import io.plumbline.config.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Where two snapshots' values differ: at the deepest place that still has a partner. What only tells objects of one snapshot apart is passed over.
 */
final class Differences {
    /** More help nobody to see what differs. */
    static final int MAX_DIFFERENCES = 500;

    private static final int MAX_SHOWN_CHARS = 2_000;

    private final List<Difference> found = new ArrayList<>();

    /** What a place has on one side alone, or differently on both. */
    enum Kind {
        ADDED,
        REMOVED,
        CHANGED;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * @param path such as {@code order.lines[0]}
     * @param left null for null, and where it was added
     */
    record Difference(String path, Kind kind, Object left, Object right) {
        Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("path", path);
            map.put("kind", kind.word());
            if (kind != Kind.ADDED) {
                map.put("left", shown(left));
            }
            if (kind != Kind.REMOVED) {
                map.put("right", shown(right));
            }
            return map;
        }
    }

    private Differences() {}

    /** At most {@link #MAX_DIFFERENCES}, in the order of the left side, then of the right. */
    static List<Difference> between(Map<String, ?> left, Map<String, ?> right) {
        Differences differences = new Differences();
        differences.maps("", left, right);
        return differences.found;
    }

    private void values(String path, Object left, Object right) {
        if (left instanceof Map<?, ?> one && right instanceof Map<?, ?> other) {
            maps(path, one, other);
        } else if (left instanceof List<?> one && right instanceof List<?> other) {
            lists(path, one, other);
        } else if (!Objects.equals(left, right)) {
            add(new Difference(path, Kind.CHANGED, left, right));
        }
    }

    private void maps(String path, Map<?, ?> left, Map<?, ?> right) {
        Set<Object> keys = new LinkedHashSet<>(left.keySet());
        keys.addAll(right.keySet());
        for (Object key : keys) {
            String name = key.toString();
            if (!Marks.isIdentity(name)) {
                pair(
                        path.isEmpty() ? name : path + "." + name,
                        left.containsKey(key),
                        left.get(key),
                        right.containsKey(key),
                        right.get(key));
            }
        }
    }

    private void lists(String path, List<?> left, List<?> right) {
        for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
            boolean inLeft = i < left.size();
            boolean inRight = i < right.size();
            pair(path + "[" + i + "]", inLeft, inLeft ? left.get(i) : null, inRight, inRight ? right.get(i) : null);
        }
    }

    private void pair(String path, boolean inLeft, Object left, boolean inRight, Object right) {
        if (inLeft && inRight) {
            values(path, left, right);
        } else {
            add(new Difference(path, inLeft ? Kind.REMOVED : Kind.ADDED, left, right));
        }
    }

    private void add(Difference difference) {
        if (found.size() < MAX_DIFFERENCES) {
            found.add(difference);
        }
    }

    /** What is much is told by its type. */
    private static Object shown(Object value) {
        if (value instanceof String text) {
            return text.length() <= MAX_SHOWN_CHARS ? text : text.substring(0, MAX_SHOWN_CHARS) + "…";
        }
        boolean isMuch = (value instanceof Map || value instanceof List)
                && Json.write(value).length() > MAX_SHOWN_CHARS;
        return isMuch ? Map.of(Marks.TYPE, Shape.type(value), Marks.CUT, "length") : value;
    }
}
