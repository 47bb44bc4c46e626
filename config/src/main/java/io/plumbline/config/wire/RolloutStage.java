package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How far a probe has come in its rollout. Written by the control plane beside the definition, under {@link #key}, and
 * followed by agents, which take the probe only when the stage admits them.
 *
 * @param version of the probe; a stage of another version admits nobody
 * @param instances admitted by id
 * @param share further instances are admitted where {@link #lot} is below this, in percent
 * @param reason why the probe was taken back; empty when it was not
 * @param since when this stage began, by the control plane's clock
 * @param cpuBefore the CPU time of instances before they had the probe, in percent of a core
 */
public record RolloutStage(
        String probe,
        long version,
        Step step,
        Set<String> instances,
        double share,
        String reason,
        Instant since,
        Map<String, Double> cpuBefore) {
    private static final String KEY_PREFIX = "#rollout/";
    private static final double ALL = 100;

    /** Hash values that a lot is drawn from. */
    private static final int LOTS = 10_000;

    /** The stages, in their order, and the end that nobody wants. */
    public enum Step {
        FIRST,
        SHARE,
        /** On all instances, and still watched. */
        ALL,
        DONE,
        BACKED_OUT;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Step parse(String word) {
            return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
        }
    }

    public RolloutStage {
        instances = Collections.unmodifiableSet(new TreeSet<>(instances));
        cpuBefore = Collections.unmodifiableMap(new TreeMap<>(cpuBefore));
    }

    /** Whether an instance may have the probe. */
    public boolean admits(String instance) {
        return step != Step.BACKED_OUT && (share >= ALL || instances.contains(instance) || lot(instance) < share);
    }

    /** The same number for an instance in every rollout and every program, from 0 to below 100. */
    public static double lot(String instance) {
        int mixed = instance.hashCode() * 0x9E3779B9;
        return Math.floorMod(mixed ^ (mixed >>> 15), LOTS) * ALL / LOTS;
    }

    /** The record's key in {@link Topics#PROBES}. No probe can have this id. */
    public static String key(String probe) {
        return KEY_PREFIX + probe;
    }

    public static boolean isKey(String key) {
        return key.startsWith(KEY_PREFIX);
    }

    public String json() {
        return Json.write(map());
    }

    public Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("probe", probe);
        map.put("version", version);
        map.put("step", step.word());
        map.put("instances", instances);
        map.put("share", share);
        map.put("reason", reason);
        map.put("since", since.toEpochMilli());
        map.put("cpuBefore", cpuBefore);
        return map;
    }

    /** Reads a record; keys that later versions may add are passed over. */
    public static RolloutStage parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "rollout stage"), "a rollout stage");
        Map<String, Double> cpuBefore = new TreeMap<>();
        fields.texts("cpuBefore").forEach((instance, cpu) -> cpuBefore.put(instance, Double.parseDouble(cpu)));
        return new RolloutStage(
                fields.requiredText("probe"),
                ProbeReport.count(fields, "version"),
                Step.parse(fields.requiredText("step")),
                Set.copyOf(fields.textList("instances")),
                Double.parseDouble(fields.text("share").orElse("0")),
                fields.text("reason").orElse(""),
                Instant.ofEpochMilli(ProbeReport.count(fields, "since")),
                cpuBefore);
    }
}
