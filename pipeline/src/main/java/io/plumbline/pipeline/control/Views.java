package io.plumbline.pipeline.control;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.Switch;
import io.plumbline.pipeline.control.Registry.Seen;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** What the API shows, as plain values. */
final class Views {
    private final Registry registry;
    private final Clock clock;

    Views(Registry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    Map<String, Object> probes() {
        return Map.of("probes", registry.probes().stream().map(this::probe).toList());
    }

    /** The definition, how it stands on each running instance, and how many running instances are meant. */
    Map<String, Object> probe(Probe probe) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", probe.id());
        map.put("version", probe.version());
        map.put("off", registry.off().fleet() || registry.off().probes().contains(probe.id()));
        map.put("expired", probe.isExpiredAt(clock.instant()));
        map.put("targets", targets(probe));
        map.put("definition", ProbeWriter.map(probe));
        map.put(
                "reports",
                registry.reports(probe.id()).stream().map(ProbeReport::map).toList());
        return map;
    }

    private List<String> targets(Probe probe) {
        return registry.running().stream()
                .map(Seen::report)
                .filter(report -> probe.targets().match(report.labels()))
                .map(report -> report.id())
                .toList();
    }

    Map<String, Object> instances() {
        return Map.of(
                "instances", registry.instances().stream().map(this::instance).toList());
    }

    private Map<String, Object> instance(Seen seen) {
        Instant now = clock.instant();
        Map<String, Object> map = new LinkedHashMap<>(seen.report().map());
        map.put("alive", seen.isAlive(now));
        map.put("heardMillisAgo", Math.max(0, Duration.between(seen.at(), now).toMillis()));
        map.put(
                "off",
                registry.off().fleet()
                        || registry.off().instances().contains(seen.report().id()));
        return map;
    }

    static Map<String, Object> lines(LinesReply reply) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instance", reply.instance());
        map.put("lines", reply.lines().stream().map(LinesReply.Line::map).toList());
        map.put("sources", reply.sources().stream().map(LinesReply.Source::map).toList());
        return map;
    }

    static Map<String, Object> off(Switch off) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("fleet", off.fleet());
        map.put("instances", new TreeSet<>(off.instances()));
        map.put("probes", new TreeSet<>(off.probes()));
        return map;
    }
}
