package io.plumbline.pipeline.control.history;

import io.plumbline.config.text.Json;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.Signal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The newest signals of those that one search has met: so many log records and spans, and the last point of so many series.
 *
 * <p>The bargain: what is kept is bounded in number and in characters; of what is older than that only the number is known.
 *
 * <p>Threads: belongs to one request.
 */
final class Found {
    /** A snapshot may have a quarter of a megabyte. */
    private static final int MAX_CHARS = 8 << 20;

    private static final long NANOS_PER_MILLI = 1_000_000;
    /** A program that runs sends its points every few seconds; a series that was silent for so long before the last one has ended. */
    private static final long SILENT_MILLIS = 600_000;

    private static final Comparator<One> OLDEST_FIRST =
            Comparator.comparingLong(One::arrived).thenComparingLong(One::order);

    private final SignalsQuery query;
    private final Function<Signal, Map<String, Object>> form;
    private final PriorityQueue<One> events = new PriorityQueue<>(OLDEST_FIRST);
    private final Map<String, One> series = new HashMap<>();
    private long chars;
    private long matching;
    private boolean outOfRoom;
    private long lastPoint = Long.MIN_VALUE;

    /**
     * @param arrived the Kafka record's time in milliseconds
     * @param order of two that arrived in one millisecond
     */
    private record One(long arrived, long order, long millis, Map<String, Object> form, int chars) {}

    /** @param form a signal as it is for who asks */
    Found(SignalsQuery query, Function<Signal, Map<String, Object>> form) {
        this.query = query;
        this.form = form;
    }

    /** Takes a signal, if it is asked for and newer than what is kept. */
    void offer(Signal signal, long arrived, long order) {
        long nanos = signal instanceof LogSignal log ? log.bestTimeUnixNano() : signal.timeUnixNano();
        long millis = nanos / NANOS_PER_MILLI;
        if (!query.matches(signal, millis)) {
            return;
        }
        matching++;
        if (signal instanceof MetricSignal metric) {
            point(metric, arrived, order, millis);
        } else if (!isFull() || arrived >= events.peek().arrived()) {
            events.add(one(signal, arrived, order, millis));
            trim();
        }
    }

    private void point(MetricSignal metric, long arrived, long order, long millis) {
        String key = metric.metric().name() + " " + metric.resource().attributes() + new TreeMap<>(metric.attributes());
        One before = series.get(key);
        lastPoint = Math.max(lastPoint, arrived);
        boolean isNewer = before == null ? series.size() < query.limit() : millis > before.millis();
        if (isNewer) {
            One one = one(metric, arrived, order, millis);
            chars -= before == null ? 0 : before.chars();
            series.put(key, one);
        }
    }

    private One one(Signal signal, long arrived, long order, long millis) {
        Map<String, Object> seen = form.apply(signal);
        int size = Json.write(seen).length();
        chars += size;
        return new One(arrived, order, millis, seen, size);
    }

    private void trim() {
        while (events.size() > query.limit() || (chars > MAX_CHARS && events.size() > 1)) {
            outOfRoom |= events.size() <= query.limit();
            chars -= events.remove().chars();
        }
    }

    private boolean isFull() {
        return events.size() >= query.limit() || outOfRoom;
    }

    /** Whether nothing that arrived before a time would be kept, of log records and spans, or of points. */
    boolean isEnough(boolean ofPoints, long before) {
        if (ofPoints) {
            return series.size() >= query.limit() || lastPoint - SILENT_MILLIS > before;
        }
        return isFull() && events.peek().arrived() > before;
    }

    /** All that matched, kept or not. */
    long matching() {
        return matching;
    }

    /** Newest last. */
    List<Map<String, Object>> signals() {
        List<One> all = new ArrayList<>(events);
        all.addAll(series.values());
        all.sort(Comparator.comparingLong(One::millis).thenComparing(OLDEST_FIRST));
        return all.stream().map(One::form).toList();
    }
}
