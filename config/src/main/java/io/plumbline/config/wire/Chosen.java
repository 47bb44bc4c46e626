package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The instances that were chosen for a probe with {@code one-per}. Written by the control plane beside the definition, under
 * {@link #key}, and followed by agents. It stands for all versions of the probe: who is chosen must still match its targets.
 *
 * @param instances by id
 */
public record Chosen(String probe, Set<String> instances) {
    private static final String KEY_PREFIX = "#chosen/";

    public Chosen {
        instances = Collections.unmodifiableSet(new TreeSet<>(instances));
    }

    /** The record's key in {@link Topics#PROBES}. No probe can have this id. */
    public static String key(String probe) {
        return KEY_PREFIX + probe;
    }

    public static boolean isKey(String key) {
        return key.startsWith(KEY_PREFIX);
    }

    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("probe", probe);
        map.put("instances", List.copyOf(instances));
        return Json.write(map);
    }

    /** Reads a record; keys that later versions may add are passed over. */
    public static Chosen parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "choice"), "a choice");
        return new Chosen(fields.requiredText("probe"), Set.copyOf(fields.textList("instances")));
    }
}
