package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How one instance of an exporter does in one process, as that process reports it every {@link #HEARTBEAT}, when its state changes
 * and when it loses something. A process that ends in order takes its reports away. All numbers count since the process started.
 *
 * @param name of the instance
 * @param state a word: {@code delivering}, {@code retrying}, {@code unauthorized}, {@code no-kafka}, {@code stopped}
 * @param delivered signals that the backend has, by kind
 * @param deliveredByProbe the same by probe and kind
 * @param filtered signals passed over
 * @param retried signals handed to the backend once more
 * @param lost signals that never reach the backend, by cause
 * @param lag Kafka records that wait, those under way included, by the partitions that this process has: {@code otlp_logs-0}. No two
 *     processes of an instance have the same one at a time; of two that say so, the later one is right
 * @param perSecond signals delivered a second, over the latest {@link #HEARTBEAT}
 * @param lastError the latest failure in words, or ""
 * @param links what a person may open in a browser
 */
public record ExporterReport(
        ExportingProcess process,
        String name,
        String state,
        Map<String, Long> delivered,
        Map<String, Map<String, Long>> deliveredByProbe,
        long filtered,
        long retried,
        Map<String, Long> lost,
        Map<String, Long> lag,
        double perSecond,
        String lastError,
        Map<String, String> links) {
    /** Time between two reports of a process that has nothing new to say. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(5);

    /** A process not heard of for so long is said to be silent, and others have its partitions. */
    public static final Duration SILENT_AFTER = Duration.ofSeconds(15);

    /** A process not heard of for so long is forgotten. */
    public static final Duration FORGOTTEN_AFTER = Duration.ofMinutes(10);

    public ExporterReport {
        delivered = sorted(delivered);
        deliveredByProbe = sorted(deliveredByProbe);
        lost = sorted(lost);
        lag = sorted(lag);
        links = sorted(links);
    }

    /** The record's key in {@link Topics#EXPORTERS}. */
    public String key() {
        return process.id() + "/" + name;
    }

    /** Signals that the backend has. */
    public long deliveredInAll() {
        return sum(delivered);
    }

    /** Kafka records that wait. */
    public long lagInAll() {
        return sum(lag);
    }

    /** Signals lost for good, whatever the cause. */
    public long lostInAll() {
        return sum(lost);
    }

    public String json() {
        return Json.write(map());
    }

    public Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", name);
        process.put(map);
        map.put("state", state);
        map.put("delivered", delivered);
        map.put("deliveredByProbe", deliveredByProbe);
        map.put("filtered", filtered);
        map.put("retried", retried);
        map.put("lost", lost);
        map.put("lag", sum(lag));
        map.put("lagByPartition", lag);
        map.put("perSecond", Math.round(perSecond * 10) / 10.0);
        map.put("lastError", lastError);
        map.put("links", links);
        return map;
    }

    /** Reads a record; keys that later versions may add are passed over. */
    public static ExporterReport parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "exporter report"), "an exporter report");
        return new ExporterReport(
                ExportingProcess.of(fields),
                fields.requiredText("name"),
                fields.requiredText("state"),
                counts(fields, "delivered"),
                byProbe(fields.node("deliveredByProbe").orElse(null)),
                ProbeReport.count(fields, "filtered"),
                ProbeReport.count(fields, "retried"),
                counts(fields, "lost"),
                counts(fields, "lagByPartition"),
                fields.text("perSecond").map(Double::parseDouble).orElse(0.0),
                fields.text("lastError").orElse(""),
                fields.texts("links"));
    }

    private static Map<String, Long> counts(Fields fields, String key) {
        return ProbeReport.counts(fields.node(key).orElse(null));
    }

    private static Map<String, Map<String, Long>> byProbe(Node node) {
        Map<String, Map<String, Long>> probes = new TreeMap<>();
        if (node != null) {
            Fields.free(node, "'deliveredByProbe'")
                    .entries()
                    .forEach((probe, counts) -> probes.put(probe, ProbeReport.counts(counts)));
        }
        return probes;
    }

    private static <T> Map<String, T> sorted(Map<String, T> map) {
        return Collections.unmodifiableMap(new TreeMap<>(map));
    }

    private static long sum(Map<String, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
