package io.plumbline.config.probe;

import io.plumbline.config.expression.Code;
import io.plumbline.config.text.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes probes as the wire carries them; {@link ProbeReader#wire} reads them back. */
public final class ProbeWriter {

    private ProbeWriter() {}

    /** The definition as one line of JSON. */
    public static String json(Probe probe) {
        return Json.write(map(probe));
    }

    /** The definition as plain values, in the order a person would write it. */
    public static Map<String, Object> map(Probe probe) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", probe.id());
        map.put("version", probe.version());
        map.put("created", probe.created().toEpochMilli());
        if (!probe.expires().equals(Instant.MAX)) {
            map.put("expires", probe.expires().toEpochMilli());
        }
        if (probe.span().isEmpty()) {
            map.put("at", probe.location().toString());
        }
        probe.condition().ifPresent(condition -> map.put("if", condition.text()));
        for (String kind : ActionReader.KINDS) {
            List<Object> actions = actions(probe, kind);
            if (!actions.isEmpty()) {
                map.put(kind, actions);
            }
        }
        probe.span().ifPresent(span -> map.put(SpanReader.KEY, SpanReader.map(span)));
        if (!probe.targets().equals(Targets.ALL)) {
            map.put(TargetsForm.KEY, TargetsForm.map(probe.targets()));
        }
        if (!probe.limits().equals(Limits.DEFAULT)) {
            map.put("limits", limits(probe.limits()));
        }
        if (!probe.to().isAll()) {
            map.put(Recipients.KEY, probe.to().names());
        }
        probe.rollout().ifPresent(rollout -> map.put("rollout", RolloutReader.map(rollout)));
        probe.marks().putInto(map);
        return map;
    }

    private static List<Object> actions(Probe probe, String kind) {
        List<Object> written = new ArrayList<>();
        for (Action action : probe.actions()) {
            if (action.kind().equals(kind)) {
                written.add(form(action));
            }
        }
        return written;
    }

    private static Object form(Action action) {
        if (action instanceof Action.Log log) {
            return log(log);
        }
        return action instanceof Action.Capturing capturing
                ? CapturingWriter.form(capturing)
                : metric((Action.Metric) action);
    }

    private static Map<String, Object> log(Action.Log log) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("template", log.template().text());
        map.put("level", log.severity().name());
        log.beside().ifPresent(beside -> map.put(LogBeside.KEY, beside.form()));
        return map;
    }

    private static Map<String, Object> metric(Action.Metric metric) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", metric.name());
        metric.value().ifPresent(value -> map.put("value", value.text()));
        putIfSome(map, "unit", metric.unit());
        putIfSome(map, "description", metric.description());
        if (!metric.labels().isEmpty()) {
            Map<String, Object> labels = new LinkedHashMap<>();
            for (Map.Entry<String, Code> label : metric.labels().entrySet()) {
                labels.put(label.getKey(), label.getValue().text());
            }
            map.put("labels", labels);
        }
        if (metric instanceof Action.Histogram histogram
                && !histogram.bounds().equals(Action.Histogram.DEFAULT_BOUNDS)) {
            map.put("buckets", histogram.bounds());
        }
        if (metric.beside()) {
            map.put(LogBeside.KEY, true);
        }
        return map;
    }

    private static Map<String, Object> limits(Limits limits) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (limits.perSecond() != Limits.UNSET) {
            map.put("per-second", limits.perSecond());
        }
        if (limits.hits() != 0) {
            map.put("hits", limits.hits());
        }
        map.put("series", limits.series());
        if (limits.cpu() != Limits.UNSET) {
            map.put("cpu", Percent.format(limits.cpu()));
        }
        if (limits.overBudget() != Limits.OverBudget.SAMPLE) {
            map.put("over-budget", "disable");
        }
        if (limits.fleetHits() != 0) {
            map.put("fleet-hits", limits.fleetHits());
        }
        return map;
    }

    private static void putIfSome(Map<String, Object> map, String key, String value) {
        if (!value.isEmpty()) {
            map.put(key, value);
        }
    }
}
