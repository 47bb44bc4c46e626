package io.plumbline.pipeline.control.dryrun;

import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.tail.SignalTail;
import io.plumbline.pipeline.control.tail.Watcher;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which label combinations counting probes have sent. Watches only where one has labels.
 *
 * <p>Threads: the one that made it.
 */
final class SeriesSeen implements AutoCloseable {
    private static final Duration LONGEST_SILENCE = Duration.ofMillis(500);

    private final SignalTail tail;
    /** Null where no counter has labels. */
    private final Watcher watcher;

    /** Label combinations, by metric. */
    private final Map<String, Set<String>> seen = new HashMap<>();

    private SeriesSeen(SignalTail tail, Watcher watcher) {
        this.tail = tail;
        this.watcher = watcher;
    }

    static SeriesSeen watch(SignalTail tail, List<Counter> counters, Bounds bounds) {
        Set<String> labelled = counters.stream()
                .filter(counter -> !counter.names().isEmpty())
                .map(Counter::id)
                .collect(Collectors.toSet());
        return new SeriesSeen(tail, labelled.isEmpty() ? null : tail.watch(labelled, bounds));
    }

    /** Reads what has come and comes within a time. */
    void take(Duration within) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + within.toNanos();
        while (watcher != null && System.nanoTime() < deadlineNanos) {
            watcher.take(LONGEST_SILENCE).forEach(shown -> note(shown.json()));
        }
    }

    private void note(String line) {
        if (NodeReader.json(line, "signal") instanceof Node.Mapping signal
                && signal.entries().get("name") instanceof Node.Scalar name
                && signal.entries().get("labels") instanceof Node.Mapping labels) {
            Map<String, String> values = new TreeMap<>();
            labels.entries().forEach((label, value) -> {
                if (value instanceof Node.Scalar scalar) {
                    values.put(label, scalar.text());
                }
            });
            seen.computeIfAbsent(name.text(), any -> new HashSet<>()).add(Json.write(values));
        }
    }

    /** How many there are, by the name of the metric that was meant. */
    Map<String, Object> counts(List<Counter> counters) {
        Map<String, Object> counts = new LinkedHashMap<>();
        counters.forEach(counter -> counter.names()
                .forEach((meant, name) ->
                        counts.put(meant, seen.getOrDefault(name, Set.of()).size())));
        return counts;
    }

    @Override
    public void close() {
        if (watcher != null) {
            tail.leave(watcher);
        }
    }
}
