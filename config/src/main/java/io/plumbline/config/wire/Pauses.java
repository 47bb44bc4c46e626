package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What an instance's program has felt of classes being transformed again, since its agent started. Times are upper bounds:
 * of how long all threads stood still they hold what the JVM needed in all, checking the new classes included.
 *
 * @param batches how often the JVM was given classes
 * @param longestNanos the longest of these
 * @param totalNanos all of them
 */
public record Pauses(long batches, long longestNanos, long totalNanos) {
    /** No class was ever transformed again. */
    public static final Pauses NONE = new Pauses(0, 0, 0);

    public Pauses {
        if (batches < 0 || longestNanos < 0 || totalNanos < longestNanos) {
            throw new IllegalArgumentException("pauses must be >= 0, and the longest no longer than all: " + batches
                    + " batches, longest " + longestNanos + " ns, all " + totalNanos + " ns");
        }
    }

    /** With one more. */
    public Pauses and(long nanos) {
        return new Pauses(batches + 1, Math.max(longestNanos, nanos), totalNanos + nanos);
    }

    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("batches", batches);
        map.put("longestNanos", longestNanos);
        map.put("totalNanos", totalNanos);
        return map;
    }

    static Pauses of(Fields report) {
        return report.node("pauses")
                .map(node -> Fields.free(node, "pauses"))
                .map(fields -> new Pauses(
                        ProbeReport.count(fields, "batches"),
                        ProbeReport.count(fields, "longestNanos"),
                        ProbeReport.count(fields, "totalNanos")))
                .orElse(NONE);
    }
}
