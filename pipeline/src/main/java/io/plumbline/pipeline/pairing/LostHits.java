package io.plumbline.pipeline.pairing;

import io.plumbline.config.probe.Recipients;
import io.plumbline.config.wire.SignalAttributes;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Hits of points that came to nothing, by cause and probe.
 *
 * <p>The bargain: ids of probes come from whoever writes points, so beyond {@link #MAX_SERIES} the rest shares one series for each cause.
 *
 * <p>Pairing thread only; {@link #of} from any, a moment old there.
 */
final class LostHits {
    /** All of them are in one record, which Kafka must take. */
    static final int MAX_SERIES = 1_000;

    static final String OTHER_PROBES = "(others)";
    static final String CAUSE = "cause";

    private Map<Map<String, String>, Long> series = new ConcurrentHashMap<>();
    /** As of the last commit. */
    private Map<Map<String, String>, Long> kept = Map.of();

    /** @param to whom the probe's signals are for */
    void add(String cause, String probe, Recipients to, long hits) {
        Map<String, String> labels = new TreeMap<>(Map.of(CAUSE, cause, SignalAttributes.PROBE_ID, probe));
        if (!to.isAll()) {
            labels.put(SignalAttributes.TO, to.text());
        }
        boolean hasRoom = series.size() < MAX_SERIES || series.containsKey(labels);
        count(hasRoom ? labels : Map.of(CAUSE, cause, SignalAttributes.PROBE_ID, OTHER_PROBES), hits);
    }

    /** Whose hits they were can't be said. */
    void add(String cause, long hits) {
        count(Map.of(CAUSE, cause), hits);
    }

    private void count(Map<String, String> labels, long hits) {
        series.merge(labels, hits, Long::sum);
    }

    /** By labels; of this thread until something is counted. */
    Map<Map<String, String>, Long> series() {
        return series;
    }

    /** Of all probes together. */
    long of(String cause) {
        return series.entrySet().stream()
                .filter(each -> each.getKey().get(CAUSE).equals(cause))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** What was counted until now is settled. */
    void keep() {
        kept = Map.copyOf(series);
    }

    /** What was counted since will be counted again. */
    void rollBack() {
        series = new ConcurrentHashMap<>(kept);
    }
}
