package io.plumbline.pipeline.control;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.LinesReply;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.Switch;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.approval.ApprovalBoard;
import io.plumbline.pipeline.control.fleet.ProbeSummary;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Registry.Seen;
import io.plumbline.pipeline.control.fleet.Rollouts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the API shows, as plain values. */
final class Views {
    private final Registry registry;
    private final Rollouts rollouts;
    private final ApprovalBoard approvals;
    private final Clock clock;

    Views(Registry registry, Rollouts rollouts, ApprovalBoard approvals, Clock clock) {
        this.registry = registry;
        this.rollouts = rollouts;
        this.approvals = approvals;
        this.clock = clock;
    }

    /**
     * Those that reach an instance within the bounds, or reach no other, and what waits for approval; with what each instance says when that is asked for.
     * A fleet's is much: without it a probe is a line.
     *
     * @param tag that they have; any where it is empty
     * @param sees which the caller may see
     */
    Map<String, Object> probes(Optional<String> tag, Bounds bounds, boolean withReports, Predicate<Probe> sees) {
        List<InstanceReport> running = running(bounds);
        List<InstanceReport> known = registry.instances().stream()
                .map(Seen::report)
                .filter(report -> bounds.cover(report.labels()))
                .toList();
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(
                "probes",
                registry.probes().stream()
                        .filter(sees)
                        .filter(probe -> tag.isEmpty() || probe.marks().tags().contains(tag.get()))
                        .filter(probe -> bounds.hold(probe.targets()) || isFor(probe, known))
                        .map(probe -> probe(probe, bounds, running, withReports))
                        .toList());
        List<Map<String, Object>> waiting = approvals.waiting(bounds);
        if (!waiting.isEmpty()) {
            map.put("awaiting", waiting);
        }
        return map;
    }

    private static boolean isFor(Probe probe, List<InstanceReport> known) {
        return known.stream().anyMatch(report -> probe.targets().match(report.labels()));
    }

    /** The definition, how it stands on each running instance, and which running instances are meant. */
    Map<String, Object> probe(Probe probe, Bounds bounds) {
        return probe(probe, bounds, running(bounds), true);
    }

    private List<InstanceReport> running(Bounds bounds) {
        return registry.running().stream()
                .map(Seen::report)
                .filter(report -> bounds.cover(report.labels()))
                .toList();
    }

    private Map<String, Object> probe(Probe probe, Bounds bounds, List<InstanceReport> running, boolean withReports) {
        List<String> targets = running.stream()
                .filter(report -> registry.isMeant(probe, report))
                .map(InstanceReport::id)
                .toList();
        List<ProbeReport> reports = reports(probe, bounds, running);
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", probe.id());
        map.put("version", probe.version());
        map.put("off", isOff(probe));
        map.put("expired", probe.isExpiredAt(clock.instant()));
        map.put("signed", registry.isOurs(probe));
        map.put("definition", ProbeWriter.map(probe));
        map.put("summary", ProbeSummary.of(targets.size(), reports).map());
        approvals.waiting(probe.id()).ifPresent(waiting -> map.put("approval", waiting));
        probe.rollout().ifPresent(any -> map.put("rollout", rollout(probe)));
        if (withReports) {
            map.put("targets", targets);
            map.put("reports", reports.stream().map(ProbeReport::map).toList());
        }
        return map;
    }

    private List<ProbeReport> reports(Probe probe, Bounds bounds, List<InstanceReport> running) {
        List<ProbeReport> all = registry.reports(probe.id());
        if (bounds.isAll()) {
            return all;
        }
        Set<String> within = running.stream().map(InstanceReport::id).collect(Collectors.toSet());
        return all.stream().filter(report -> within.contains(report.instance())).toList();
    }

    private boolean isOff(Probe probe) {
        return registry.off().fleet()
                || registry.off().probes().contains(probe.id())
                || !probe.marks().enabled();
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
