package io.plumbline.config.probe;

import java.util.Map;
import java.util.TreeMap;

/**
 * For which instances a probe is meant: every label named must match. {@code *} in a value stands for any text; no
 * labels at all means every instance.
 *
 * @param labels such as {@code service}, {@code environment}, {@code host}, {@code instance}, or labels of one's own
 */
public record Targets(Map<String, String> labels) {
    public static final Targets ALL = new Targets(Map.of());

    public Targets {
        labels = Map.copyOf(labels);
    }

    /** Whether an instance with these labels is meant. */
    public boolean match(Map<String, String> instance) {
        return labels.entrySet().stream().allMatch(want -> {
            String has = instance.get(want.getKey());
            return has != null && matches(want.getValue(), has);
        });
    }

    /** Goes back to the last {@code *} only, so that no pattern takes longer than both lengths multiplied. */
    private static boolean matches(String pattern, String value) {
        if (pattern.indexOf('*') < 0) {
            return pattern.equals(value);
        }
        int p = 0;
        int v = 0;
        int star = -1;
        int starValue = 0;
        while (v < value.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                starValue = v;
            } else if (p < pattern.length() && pattern.charAt(p) == value.charAt(v)) {
                p++;
                v++;
            } else if (star >= 0) {
                p = star + 1;
                v = ++starValue;
            } else {
                return false;
            }
        }
        return pattern.substring(p).chars().allMatch(c -> c == '*');
    }

    @Override
    public String toString() {
        return labels.isEmpty() ? "every instance" : new TreeMap<>(labels).toString();
    }
}
