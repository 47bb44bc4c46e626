package io.plumbline.pipeline.control.dryrun;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Registry.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The running instances that a probe is meant for, by what they run. One of a service and version stands for the others; where no
 * version is known, a few do.
 */
final class Meant {
    /** More of one service would say the same. */
    private static final int MAX_OF_UNKNOWN = 5;

    private static final int MAX_ASKED = 20;

    private final List<Group> groups;

    /** What runs the same, as far as it says. */
    record Group(String service, String environment, String version, List<String> instances, List<String> asked) {
        Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("service", service);
            map.put("environment", environment);
            map.put("version", version);
            map.put("instances", instances.size());
            map.put("asked", asked);
            return map;
        }
    }

    private Meant(List<Group> groups) {
        this.groups = groups;
    }

    static Meant by(Probe probe, Registry registry, Bounds bounds) {
        Map<List<String>, List<String>> ids = new TreeMap<>(Meant::compare);
        for (Seen seen : registry.running()) {
            InstanceReport report = seen.report();
            if (probe.targets().match(report.labels()) && bounds.cover(report.labels())) {
                ids.computeIfAbsent(kind(report), any -> new ArrayList<>()).add(report.id());
            }
        }
        List<Group> groups = new ArrayList<>();
        int left = MAX_ASKED;
        for (Map.Entry<List<String>, List<String>> each : ids.entrySet()) {
            List<String> kind = each.getKey();
            List<String> all = each.getValue();
            int wanted = kind.get(2).isEmpty() ? MAX_OF_UNKNOWN : 1;
            List<String> asked = all.subList(0, Math.min(all.size(), Math.min(wanted, left)));
            left -= asked.size();
            groups.add(new Group(kind.get(0), kind.get(1), kind.get(2), all, asked));
        }
        return new Meant(groups);
    }

    private static List<String> kind(InstanceReport report) {
        return List.of(
                report.service(),
                report.labels().getOrDefault("environment", ""),
                report.labels().getOrDefault("version", ""));
    }

    private static int compare(List<String> a, List<String> b) {
        for (int i = 0; i < a.size(); i++) {
            int order = a.get(i).compareTo(b.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    List<Group> groups() {
        return groups;
    }

    int count() {
        return groups.stream().mapToInt(group -> group.instances().size()).sum();
    }

    List<String> asked() {
        return groups.stream().flatMap(group -> group.asked().stream()).toList();
    }
}
