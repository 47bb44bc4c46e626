package io.plumbline.pipeline.control.snapshots;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the agent says of values beside them; see docs/probes.md, "The record". */
final class Marks {
    static final String TYPE = "@type";
    static final String CUT = "@cut";
    static final String MORE = "@more";
    static final String TEXT = "@text";

    /** They tell objects of one snapshot apart, and mean nothing in another. */
    private static final Set<String> IDENTITY = Set.of("@id", "@same", "@cycle");

    private Marks() {}

    static boolean isIdentity(String key) {
        return IDENTITY.contains(key);
    }

    /** Whether the last element of a list says only that it was cut. */
    static boolean isCut(List<?> list) {
        return !list.isEmpty()
                && list.get(list.size() - 1) instanceof Map<?, ?> last
                && last.containsKey(CUT)
                && last.containsKey(MORE)
                && last.size() == 2;
    }

    /** How many elements it had in the program. */
    static long size(List<?> list) {
        if (!isCut(list)) {
            return list.size();
        }
        Object more = ((Map<?, ?>) list.get(list.size() - 1)).get(MORE);
        return list.size() - 1 + (more instanceof Number number ? number.longValue() : 0);
    }
}
