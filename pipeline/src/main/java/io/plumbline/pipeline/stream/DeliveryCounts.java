package io.plumbline.pipeline.stream;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.net.URI;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What became of one exporter's signals, as counters; and its {@link Standing}.
 *
 * <p>The counters relate so: signals in the topics = delivered + lost + filtered + (those in {@code lag} records). A dead letter
 * that is sent again stands in the replay topic, and so counts once more.
 *
 * <p>Thread-safe.
 */
final class DeliveryCounts {
    private static final Logger LOG = LoggerFactory.getLogger(DeliveryCounts.class);

    /** More probes than that share one entry. */
    private static final int MAX_PROBES = 10_000;

    static final String OTHER_PROBES = "(others)";

    private final String exporter;
    private final Map<SignalKind, Counter> delivered = new EnumMap<>(SignalKind.class);
    private final Map<LossCause, Counter> lost = new EnumMap<>(LossCause.class);
    private final Counter retried;
    private final Timer exports;
    private final Counter filtered;
    private final Map<String, Map<SignalKind, LongAdder>> byProbe = new ConcurrentHashMap<>();
    private final Standing standing;
    /** Set by the poller. */
    private volatile Map<String, Long> lag = Map.of();

    DeliveryCounts(String exporter, MeterRegistry meters) {
        this.exporter = exporter;
        this.standing = new Standing(exporter);
        for (SignalKind kind : SignalKind.values()) {
            delivered.put(
                    kind, meters.counter("plumbline.exporter.delivered", "exporter", exporter, "kind", word(kind)));
        }
        for (LossCause cause : LossCause.values()) {
            lost.put(cause, meters.counter("plumbline.exporter.lost", "exporter", exporter, "cause", cause.word()));
        }
        filtered = meters.counter("plumbline.exporter.filtered", "exporter", exporter);
        retried = meters.counter("plumbline.exporter.retried", "exporter", exporter);
        exports = meters.timer("plumbline.exporter.export", "exporter", exporter);
        Tags tags = Tags.of("exporter", exporter);
        meters.gauge("plumbline.exporter.lag", tags, this, counts -> counts.lagInAll());
        for (ExporterHealth.State state : ExporterHealth.State.values()) {
            meters.gauge(
                    "plumbline.exporter.state",
                    tags.and("state", state.word()),
                    this,
                    counts -> counts.standing.now().state() == state ? 1 : 0);
        }
        meters.gauge("plumbline.exporter.delivering", tags, this, counts -> counts.standing.troubled() > 0 ? 0 : 1);
    }

    void delivered(List<Item> items) {
        for (Item item : items) {
            Signal signal = item.signal();
            delivered.get(signal.kind()).increment();
            ofProbe(signal.probeId()).get(signal.kind()).increment();
        }
    }

    /** Signals that the instance's settings, or their probe's, keep from it. */
    void filtered(int signals) {
        filtered.increment(signals);
    }

    /** How many calls may be under way, and how many bytes of records wait. */
    static void watch(Lanes lanes, String exporter, MeterRegistry meters) {
        Tags tags = Tags.of("exporter", exporter);
        meters.gauge("plumbline.exporter.concurrency", tags, lanes, Lanes::allowed);
        meters.gauge("plumbline.exporter.waiting.bytes", tags, lanes, Lanes::waitingBytes);
    }

    /** One call of the exporter took so long. */
    void exported(long nanos) {
        exports.record(nanos, TimeUnit.NANOSECONDS);
    }

    void retried(int signals) {
        retried.increment(signals);
    }

    void lost(LossCause cause, int signals, String reason) {
        if (lost.get(cause).count() == 0) {
            LOG.error("{} can't deliver a signal ({}): {}; further ones are counted", exporter, cause.word(), reason);
        }
        lost.get(cause).increment(signals);
        standing.said(reason);
    }

    /** Kafka records that wait, by partition. */
    void lag(Map<String, Long> records) {
        lag = Map.copyOf(records);
    }

    private long lagInAll() {
        return lag.values().stream().mapToLong(Long::longValue).sum();
    }

    Standing standing() {
        return standing;
    }

    ExporterHealth health(Map<String, URI> links) {
        Map<String, Long> kinds = new TreeMap<>();
        delivered.forEach((kind, counter) -> kinds.put(word(kind), (long) counter.count()));
        Map<String, Long> causes = new TreeMap<>();
        lost.forEach((cause, counter) -> causes.put(cause.word(), (long) counter.count()));
        causes.values().removeIf(count -> count == 0);
        Map<String, Map<String, Long>> probes = new TreeMap<>();
        byProbe.forEach((probe, counts) -> probes.put(probe, plain(counts)));
        Standing.Snapshot now = standing.now();
        return new ExporterHealth(
                exporter,
                now.state(),
                kinds,
                probes,
                (long) filtered.count(),
                (long) retried.count(),
                causes,
                lag,
                now.lastError(),
                links);
    }

    private Map<SignalKind, LongAdder> ofProbe(String probe) {
        String entry = byProbe.size() < MAX_PROBES || byProbe.containsKey(probe) ? probe : OTHER_PROBES;
        return byProbe.computeIfAbsent(entry, any -> {
            Map<SignalKind, LongAdder> counts = new EnumMap<>(SignalKind.class);
            for (SignalKind kind : SignalKind.values()) {
                counts.put(kind, new LongAdder());
            }
            return counts;
        });
    }

    private static Map<String, Long> plain(Map<SignalKind, LongAdder> counts) {
        Map<String, Long> plain = new TreeMap<>();
        counts.forEach((kind, count) -> plain.put(word(kind), count.sum()));
        return plain;
    }

    private static String word(SignalKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
