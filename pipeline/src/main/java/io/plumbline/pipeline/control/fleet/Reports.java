package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.wire.ProbeReport;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What instances report, found by probe without a look at the others: a fleet of a thousand with two hundred probes has two hundred
 * thousand of them.
 *
 * <p>Threads: guarded by who has it.
 */
final class Reports {
    private final Map<String, Map<String, ProbeReport>> byProbe = new HashMap<>();
    /** What a record's key stood for, as its tombstone has nothing else. */
    private final Map<String, ProbeReport> byKey = new HashMap<>();

    void put(ProbeReport report) {
        byKey.put(report.key(), report);
        byProbe.computeIfAbsent(report.probe(), any -> new TreeMap<>()).put(report.instance(), report);
    }

    void remove(String key) {
        ProbeReport old = byKey.remove(key);
        if (old != null) {
            byProbe.computeIfPresent(old.probe(), (probe, reports) -> {
                reports.remove(old.instance());
                return reports.isEmpty() ? null : reports;
            });
        }
    }

    /** Forgets all that was said of a probe. */
    void removeProbe(String probe) {
        Map<String, ProbeReport> gone = byProbe.remove(probe);
        if (gone != null) {
            gone.values().forEach(report -> byKey.remove(report.key()));
        }
    }

    /** By instance, in the order of their ids. */
    Collection<ProbeReport> of(String probe) {
        return byProbe.getOrDefault(probe, Map.of()).values();
    }
}
