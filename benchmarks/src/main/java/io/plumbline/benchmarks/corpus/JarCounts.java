package io.plumbline.benchmarks.corpus;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** What one jar came to. Added up in the JVM that probes it, handed over as a properties file. */
final class JarCounts {
    private static final int MAX_FAILURES = 200;
    private static final String FAILURE = "failure.";

    /** What is counted. */
    enum Count {
        /** In the jar. */
        CLASSES,
        /** That the JVM can't link without the agent either: a class they need is not there. */
        NOT_LINKABLE,
        /** That have no method with code: most interfaces and annotations. */
        WITHOUT_CODE,
        /** Lines of the linked classes; a line counts once in each class that has code of it. */
        LINES,
        /** Numbers of line tables that no source has: 0, and what the compiler made up. */
        NAMELESS_LINES,
        /** Of the lines those that only a source map tells: what Kotlin inlined from another place. */
        INLINED_LINES,
        /**
         * Of these, the ones that were not found in a class that was loaded before its probe; a known weakness, for HotSpot
         * leaves the map out of the bytes that it hands to a retransformation.
         */
        INLINED_LINES_MISSED,
        /** Methods by name; overloads count once, as a probe that names no parameters means all. */
        METHODS,
        /** Calls in classes that were woven while they loaded. */
        SITES_LOADING,
        /** Calls in classes that were loaded before. */
        SITES_RETRANSFORMED,
        /** Calls whose probes' code was made and defined. */
        HIT_CODES,
        /** All that is no explained refusal. */
        FAILURES
    }

    private final Map<Count, Long> counts = new EnumMap<>(Count.class);
    private final Map<Explained, Long> refused = new EnumMap<>(Explained.class);
    private final List<String> failures = new ArrayList<>();

    void add(Count count, long more) {
        counts.merge(count, more, Long::sum);
    }

    void refused(Explained why) {
        refused.merge(why, 1L, Long::sum);
    }

    /** Remembers a failure; of very many only the first are kept, all are counted. */
    void failed(String failure) {
        add(Count.FAILURES, 1);
        if (failures.size() < MAX_FAILURES) {
            failures.add(failure);
        }
    }

    long get(Count count) {
        return counts.getOrDefault(count, 0L);
    }

    /** Lines left without a probe for this reason. */
    long get(Explained why) {
        return refused.getOrDefault(why, 0L);
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    void add(JarCounts other) {
        other.counts.forEach(this::add);
        other.refused.forEach((why, lines) -> refused.merge(why, lines, Long::sum));
    }

    void write(Path file) throws IOException {
        Properties properties = new Properties();
        counts.forEach((count, number) -> properties.setProperty(count.name(), number.toString()));
        refused.forEach((why, number) -> properties.setProperty(why.name(), number.toString()));
        for (int i = 0; i < failures.size(); i++) {
            properties.setProperty(FAILURE + i, failures.get(i));
        }
        try (Writer writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
    }

    static JarCounts read(Path file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        JarCounts counts = new JarCounts();
        for (Count count : Count.values()) {
            counts.add(count, Long.parseLong(properties.getProperty(count.name(), "0")));
        }
        for (Explained why : Explained.values()) {
            counts.refused.put(why, Long.parseLong(properties.getProperty(why.name(), "0")));
        }
        for (int i = 0; properties.containsKey(FAILURE + i); i++) {
            counts.failures.add(properties.getProperty(FAILURE + i));
        }
        return counts;
    }
}
