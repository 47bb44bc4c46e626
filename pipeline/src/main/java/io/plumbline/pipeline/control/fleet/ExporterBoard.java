package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.ExporterReport;
import io.plumbline.config.wire.Topics;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the exporters of all processes do. Those of this process are asked, the others report through Kafka; one that is killed is
 * said to be silent from {@link ExporterReport#SILENT_AFTER} on, by the broker's clock, and in the end forgotten.
 *
 * <p>Threads: the reader writes, requests read, under one lock that is never held during I/O.
 */
public final class ExporterBoard {
    private static final Logger LOG = LoggerFactory.getLogger(ExporterBoard.class);

    private final Supplier<List<ExporterReport>> own;
    private final Clock clock;
    /** By the key in the topic, this process's too; guarded by itself. */
    private final Map<String, Heard> heard = new HashMap<>();

    private record Heard(ExporterReport report, Instant at) {}

    /** @param own how this process's exporters do */
    public ExporterBoard(Supplier<List<ExporterReport>> own, Clock clock) {
        this.own = own;
        this.clock = clock;
    }

    /** What to do with the records of each topic. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers() {
        return Map.of(Topics.EXPORTERS, this::report);
    }

    /** The names of all instances, whichever process they run in. */
    public Set<String> names() {
        return processes().stream().map(each -> each.report().name()).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Each instance with the processes that run it, as plain values. */
    public List<Map<String, Object>> maps() {
        Map<String, List<ExporterShare>> byName = new TreeMap<>();
        processes()
                .forEach(share -> byName.computeIfAbsent(share.report().name(), any -> new ArrayList<>())
                        .add(share));
        return byName.values().stream().map(ExporterView::map).toList();
    }

    /** This process's first, then the others in the order of their start. */
    /** Where an exporter says that traces are shown, with {@code {trace}} for the id; empty where none does. */
    public String traceTemplate() {
        return processes().stream()
                .map(share -> share.report().links().getOrDefault("trace", ""))
                .filter(link -> !link.isEmpty())
                .findFirst()
                .map(link -> link + "{trace}")
                .orElse("");
    }

    private List<ExporterShare> processes() {
        List<ExporterShare> all = new ArrayList<>();
        Set<String> ids = new TreeSet<>();
        for (ExporterReport report : own.get()) {
            all.add(new ExporterShare(report, Duration.ZERO));
            ids.add(report.process().id());
        }
        Instant now = clock.instant();
        List<ExporterShare> others = new ArrayList<>();
        synchronized (heard) {
            forget(now);
            for (Heard each : heard.values()) {
                if (!ids.contains(each.report().process().id())) {
                    others.add(new ExporterShare(each.report(), age(each, now)));
                }
            }
        }
        others.sort(ExporterShare.BY_START);
        all.addAll(others);
        return all;
    }

    private void report(String key, ConsumerRecord<String, String> kafkaRecord) {
        try {
            ExporterReport report = kafkaRecord.value() == null ? null : ExporterReport.parse(kafkaRecord.value());
            synchronized (heard) {
                if (report == null) {
                    heard.remove(key);
                } else {
                    heard.put(key, new Heard(report, Instant.ofEpochMilli(kafkaRecord.timestamp())));
                }
                forget(clock.instant());
            }
        } catch (InvalidInputException | IllegalArgumentException e) {
            LOG.warn("passing over the exporter report '{}', which can't be read: {}", key, e.getMessage());
        }
    }

    private void forget(Instant now) {
        heard.values().removeIf(each -> age(each, now).compareTo(ExporterReport.FORGOTTEN_AFTER) >= 0);
    }

    private static Duration age(Heard each, Instant now) {
        Duration age = Duration.between(each.at(), now);
        return age.isNegative() ? Duration.ZERO : age;
    }
}
