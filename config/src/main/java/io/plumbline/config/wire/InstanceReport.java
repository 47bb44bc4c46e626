package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * One observed JVM, as its agent reports it at start, every {@link #HEARTBEAT}, and when it ends.
 *
 * @param id unique among all instances ever
 * @param labels what targets match on: {@code instance}, {@code service}, {@code environment}, {@code host}, {@code
 *     pid}, {@code jvm}, and the deployment's own
 * @param started when the agent started, by the instance's clock
 * @param seen when this was sent, by the instance's clock
 * @param running false in the last report of an orderly end
 * @param dropped signals lost on this instance, by cause
 * @param cpu the process's CPU time since the report before, in percent of a core; {@link #UNKNOWN} in the first
 * @param pauses what the program felt of its classes being transformed
 * @param refused records of definitions and requests that the agent did not take, for their signature, by cause
 */
public record InstanceReport(
        String id,
        Map<String, String> labels,
        String agentVersion,
        Instant started,
        Instant seen,
        boolean running,
        Map<String, Long> dropped,
        double cpu,
        Pauses pauses,
        Map<String, Long> refused) {
    /** The CPU time is not known yet. */
    public static final double UNKNOWN = -1;

    /** Time between two reports of an agent that has nothing new to say. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(10);

    /** An instance not heard of for so long counts as gone. */
    public static final Duration GONE_AFTER = Duration.ofSeconds(35);

    public InstanceReport {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        dropped = Collections.unmodifiableMap(new TreeMap<>(dropped));
        refused = Collections.unmodifiableMap(new TreeMap<>(refused));
    }

    /** Whether the instance is to be reckoned with. */
    public boolean isAlive(Instant now) {
        return running && seen.plus(GONE_AFTER).isAfter(now);
    }

    public String service() {
        return labels.getOrDefault("service", "");
    }

    public String json() {
        return Json.write(map());
    }

    public Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("labels", labels);
        map.put("agentVersion", agentVersion);
        map.put("started", started.toEpochMilli());
        map.put("seen", seen.toEpochMilli());
        map.put("running", running);
        map.put("dropped", dropped);
        if (cpu != UNKNOWN) {
            map.put("cpu", Math.round(cpu * 100) / 100.0);
        }
        map.put("pauses", pauses.map());
        map.put("refused", refused);
        return map;
    }

    public static InstanceReport parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "instance report"), "an instance report");
        return new InstanceReport(
                fields.requiredText("id"),
                fields.texts("labels"),
                fields.text("agentVersion").orElse(""),
                Instant.ofEpochMilli(ProbeReport.count(fields, "started")),
                Instant.ofEpochMilli(ProbeReport.count(fields, "seen")),
                fields.bool("running").orElse(true),
                ProbeReport.counts(fields.node("dropped").orElse(null)),
                fields.text("cpu").map(Double::parseDouble).orElse(UNKNOWN),
                Pauses.of(fields),
                ProbeReport.counts(fields.node("refused").orElse(null)));
    }
}
