package io.plumbline.config.probe;

import io.plumbline.config.text.Glob;
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
            return has != null && Glob.matches(want.getValue(), has);
        });
    }

    @Override
    public String toString() {
        return labels.isEmpty() ? "every instance" : new TreeMap<>(labels).toString();
    }
}
