package io.plumbline.pipeline.control.source;

import java.io.IOException;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A place that has sources. Threads: any. */
interface Origin {
    /** Longer files are no sources that people look at. */
    int MAX_BYTES = 2 << 20;

    /** Of several files of one path, that which is no test's, and the shortest path. */
    Comparator<String> LIKELIEST = Comparator.comparing(
                    (String path) -> path.contains("/test/") || path.contains("test-"))
            .thenComparingInt(String::length)
            .thenComparing(Comparator.naturalOrder());

    /**
     * The file of a path.
     *
     * @param commit that the instance was built from, as it says; empty where it says nothing
     * @throws IOException where the place can't be read
     */
    Optional<Found> find(SourcePath path, String commit) throws IOException;

    /**
     * A source.
     *
     * @param kind {@code folder}, {@code git}, {@code sources-jar} or {@code decompiled}
     * @param where as a person finds it
     * @param commit that it was read from; empty where it is from none
     * @param doubt why it may not be what runs, as a sentence; empty where the place has no doubt
     */
    record Found(String text, String kind, String where, String commit, String doubt) {
        Map<String, Object> origin() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("kind", kind);
            map.put("where", where);
            if (!commit.isEmpty()) {
                map.put("commit", commit);
            }
            return map;
        }
    }
}
