package io.plumbline.pipeline.control;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.Switch;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Registry.Seen;
import io.plumbline.pipeline.control.fleet.Rollouts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;

/** What the API shows, as plain values. */
final class Views {
    private final Registry registry;
    private final Rollouts rollouts;
    private final Clock clock;

    Views(Registry registry, Rollouts rollouts, Clock clock) {
        this.registry = registry;
        this.rollouts = rollouts;
        this.clock = clock;
    }

    /** Those that reach an instance within the bounds, or reach no other, of those that the caller may see. */
    Map<String, Object> probes(Bounds bounds, Predicate<Probe> sees) {
        return Map.of(
                "probes",
                registry.probes().stream()
                        .filter(sees)
                        .filter(probe -> bounds.hold(probe.targets()) || isForAny(probe, bounds))
                        .map(probe -> probe(probe, bounds))
                        .toList());
    }

    private boolean isForAny(Probe probe, Bounds bounds) {
        return registry.instances().stream()
                .map(seen -> seen.report().labels())
                .anyMatch(labels -> bounds.cover(labels) && probe.targets().match(labels));
    }

    /** The definition, how it stands on each running instance, and how many running instances are meant. */
    Map<String, Object> probe(Probe probe, Bounds bounds) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", probe.id());
        map.put("version", probe.version());
        map.put("off", registry.off().fleet() || registry.off().probes().contains(probe.id()));
        map.put("expired", probe.isExpiredAt(clock.instant()));
        map.put("signed", registry.isOurs(probe));
        map.put("targets", targets(probe, bounds));
        map.put("definition", ProbeWriter.map(probe));
        probe.rollout().ifPresent(any -> map.put("rollout", rollout(probe)));
        map.put(
                "reports",
                registry.reports(probe.id()).stream()
                        .filter(report -> isWithin(report.instance(), bounds))
                        .map(ProbeReport::map)
                        .toList());
        return map;
    }

    /** How far it has come, and what it waits for. */
    private Map<String, Object> rollout(Probe probe) {
        Map<String, Object> map = new LinkedHashMap<>();
        RolloutStage stage = registry.stage(probe).orElse(null);
        map.put("step", stage == null ? "" : stage.step().word());
        map.put("instances", stage == null ? List.of() : List.copyOf(stage.instances()));
        map.put("share", stage == null ? 0.0 : stage.share());
        map.put("reason", stage == null ? "" : stage.reason());
        map.put("waitsFor", rollouts.waitsFor(probe.id()));
        return map;
    }

    private boolean isWithin(String instance, Bounds bounds) {
        return bounds.isAll()
                || registry.instances().stream()
                        .map(Seen::report)
                        .anyMatch(report -> report.id().equals(instance) && bounds.cover(report.labels()));
    }

    private List<String> targets(Probe probe, Bounds bounds) {
        return registry.running().stream()
                .map(Seen::report)
                .filter(report -> probe.targets().match(report.labels()) && bounds.cover(report.labels()))
                .map(report -> report.id())
                .toList();
    }

    Map<String, Object> instances(Bounds bounds) {
        return Map.of(
                "instances",
                registry.instances().stream()
                        .filter(seen -> bounds.cover(seen.report().labels()))
                        .map(this::instance)
                        .toList());
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
