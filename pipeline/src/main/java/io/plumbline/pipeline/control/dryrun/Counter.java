package io.plumbline.pipeline.control.dryrun;

import io.plumbline.config.expression.Code;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Durations;
import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.TargetsForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A real probe that counts at another one's place, for a while. Its signals are for no exporter; by its tag it is known in lists.
 *
 * @param id the counting probe's
 * @param point of a span probe; empty else
 * @param names the metric that each of the other's metrics with labels is counted as, by its own name
 */
record Counter(String id, String point, Map<String, String> names, Map<String, Object> definition) {
    static final String TAG = "measuring";

    /** No exporter has this name, so none takes it. */
    private static final String NOBODY = "plumbline-measuring";

    private static final Duration LEASE_BEYOND = Duration.ofSeconds(15);

    /**
     * The counters of a probe: one, or one for each point.
     *
     * @param unique no other measurement's
     * @param only the instance to count on, by point; all where it is absent for {@code everywhere}
     */
    static List<Counter> of(Probe probe, String unique, Measure measure, Map<String, String> only) {
        if (probe.span().isEmpty()) {
            return of(probe, "", probe.location(), probe.condition(), Map.of(), unique, measure, only);
        }
        List<Counter> counters = new ArrayList<>();
        probe.span()
                .get()
                .points()
                .forEach(point -> counters.addAll(of(
                        probe,
                        point.name(),
                        point.location(),
                        point.condition(),
                        TargetsForm.map(point.on()),
                        unique,
                        measure,
                        only)));
        return counters;
    }

    private static List<Counter> of(
            Probe probe,
            String point,
            Location at,
            Optional<Code> condition,
            Map<String, Object> own,
            String unique,
            Measure measure,
            Map<String, String> only) {
        if (!measure.everywhere() && !only.containsKey(point)) {
            return List.of();
        }
        String id = TAG + "-" + unique + (point.isEmpty() ? "" : "-" + point.toLowerCase(Locale.ROOT));
        Map<String, String> names = new LinkedHashMap<>();
        Map<String, Object> on = new LinkedHashMap<>(TargetsForm.map(probe.targets()));
        on.remove("one-per");
        on.putAll(own);
        if (!measure.everywhere()) {
            on.put("instance", only.get(point));
        }
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("at", at.toString());
        condition.ifPresent(code -> map.put("if", code.text()));
        map.put("count", counts(probe, id, names));
        map.put("on", on);
        map.put("limits", Map.of("series", probe.limits().series()));
        map.put("to", NOBODY);
        map.put("tags", List.of(TAG));
        map.put("for", Durations.format(measure.time().plus(LEASE_BEYOND)));
        return List.of(new Counter(id, point, names, map));
    }

    private static List<Object> counts(Probe probe, String id, Map<String, String> names) {
        List<Object> counts = new ArrayList<>();
        counts.add(id.replace('-', '.') + ".hits");
        for (Action.Metric metric : probe.metrics()) {
            if (!metric.labels().isEmpty()) {
                String name = id.replace('-', '.') + ".series" + names.size();
                names.put(metric.name(), name);
                Map<String, Object> labels = new LinkedHashMap<>();
                metric.labels().forEach((label, code) -> labels.put(label, code.text()));
                counts.add(Map.of("name", name, "labels", labels));
            }
        }
        return counts;
    }
}
