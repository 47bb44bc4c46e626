package io.plumbline.pipeline.cli;

import io.plumbline.pipeline.stream.ExporterHealth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What arrived at the exporters. A signal that two exporters have counts once: of each number the highest that any one
 * exporter has.
 */
final class DemoTally {
    private final Map<String, Long> signals = new TreeMap<>();
    private final Map<String, Map<String, Long>> probes = new TreeMap<>();
    private final Map<String, Object> exporters = new LinkedHashMap<>();
    private final List<String> missing = new ArrayList<>();

    private DemoTally() {}

    /** @param expected ids of the probes that must have delivered */
    static DemoTally of(List<ExporterHealth> exporters, List<String> expected) {
        DemoTally tally = new DemoTally();
        expected.forEach(id -> tally.probes.put(id, new TreeMap<>()));
        for (ExporterHealth exporter : exporters) {
            merge(tally.signals, exporter.delivered());
            exporter.deliveredByProbe().forEach((probe, counts) -> {
                if (tally.probes.containsKey(probe)) {
                    merge(tally.probes.get(probe), counts);
                }
            });
            Map<String, Object> own = new LinkedHashMap<>();
            own.put("delivered", exporter.delivered());
            own.put("retried", exporter.retried());
            own.put("lost", exporter.lost());
            tally.exporters.put(exporter.name(), own);
        }
        tally.probes.forEach((probe, counts) -> {
            if (counts.values().stream().allMatch(count -> count == 0)) {
                tally.missing.add(probe);
            }
        });
        return tally;
    }

    List<String> missing() {
        return missing;
    }

    Map<String, Object> map(long seconds) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("seconds", seconds);
        map.put("signals", signals);
        map.put("probes", probes);
        map.put("exporters", exporters);
        map.put("missing", missing);
        return map;
    }

    private static void merge(Map<String, Long> into, Map<String, Long> counts) {
        counts.forEach((kind, count) -> into.merge(kind, count, Math::max));
    }
}
