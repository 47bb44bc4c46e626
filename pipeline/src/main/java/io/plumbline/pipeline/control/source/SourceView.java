package io.plumbline.pipeline.control.source;

import io.plumbline.pipeline.control.source.Origin.Found;
import io.plumbline.pipeline.control.source.SourceComparison.Mismatch;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/**
 * A source with the lines of the running class.
 *
 * @param file with its package's folders; empty where the class file names none
 * @param unplaced lines with code that stand elsewhere in a decompiled text
 * @param labels of the instance
 * @param left nested classes that a decompiled text lacks
 */
record SourceView(
        String type,
        String file,
        Found found,
        RunningLines running,
        SortedSet<Integer> unplaced,
        String instance,
        Map<String, String> labels,
        Optional<Mismatch> mismatch,
        List<String> left) {

    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("class", type);
        map.put("file", file);
        map.put("origin", found.origin());
        map.put("instance", instance);
        map.put("version", labels.getOrDefault("version", ""));
        map.put("commit", labels.getOrDefault("commit", ""));
        map.put("mismatch", mismatch.map(Mismatch::map).orElse(null));
        map.put("lines", running.maps());
        map.put("unplaced", List.copyOf(unplaced));
        map.put("left", left);
        map.put("text", found.text());
        return map;
    }
}
