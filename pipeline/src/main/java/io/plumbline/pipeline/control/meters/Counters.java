package io.plumbline.pipeline.control.meters;

import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** One family of counters, which only grow. Not thread-safe. */
final class Counters {
    private final String name;
    private final String help;
    private final Map<Labels, Long> series = new HashMap<>();

    /** @param name without {@code _total} */
    Counters(String name, String help) {
        this.name = name;
        this.help = help;
    }

    /**
     * Counts what a source's own count has grown by. One that is smaller than before began anew; so it is all new.
     *
     * @param before 0 where the source was not known
     */
    void grown(long before, long now, String... labels) {
        series.merge(Families.bounded(series, Labels.of(labels)), now >= before ? now - before : now, Long::sum);
    }

    /** The series stay, at 0. */
    void reset() {
        series.replaceAll((labels, any) -> 0L);
    }

    void keep(Predicate<Labels> wanted) {
        series.keySet().removeIf(wanted.negate());
    }

    CounterSnapshot snapshot() {
        CounterSnapshot.Builder family = CounterSnapshot.builder().name(name).help(help);
        series.forEach((labels, count) -> family.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value(count).build()));
        return family.build();
    }
}
