package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.probe.Percent;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.Rollout;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.RolloutStage.Step;
import io.plumbline.pipeline.control.fleet.Registry.Seen;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is to become of one rollout, by what is seen of its instances now. Decides only; remembers and writes nothing.
 *
 * @param probe has a rollout
 * @param instances that the probe is meant for, also those that are gone
 * @param reports on the probe, by instance
 */
public record RolloutPlan(Probe probe, List<Seen> instances, Map<String, ProbeReport> reports, Instant now) {
    private static final double ALL = 100;

    /**
     * How a stage does.
     *
     * @param words what it waits for, or what harm there is; empty when all is well
     */
    public record Health(Kind kind, String words) {
        enum Kind {
            WAITING,
            CALM,
            HARM
        }

        static final Health CALM = new Health(Kind.CALM, "");

        static Health waiting(String words) {
            return new Health(Kind.WAITING, words);
        }

        static Health harm(String words) {
            return new Health(Kind.HARM, words);
        }
    }

    private Rollout rollout() {
        return probe.rollout().orElseThrow();
    }

    private List<InstanceReport> running() {
        return instances.stream()
                .filter(seen -> seen.isAlive(now))
                .map(Seen::report)
                .toList();
    }

    private List<InstanceReport> admitted(RolloutStage stage) {
        return running().stream().filter(report -> stage.admits(report.id())).toList();
    }

    /** Whether there is an instance to begin with. */
    public boolean canBegin() {
        return !running().isEmpty();
    }

    /** Whether an instance that runs has the probe by this stage. */
    public boolean hasAny(RolloutStage stage) {
        return !admitted(stage).isEmpty();
    }

    /** The first stage: instances by lot, so that it is not always the same host's. */
    public RolloutStage first() {
        List<InstanceReport> chosen = running().stream()
                .sorted(Comparator.comparingDouble((InstanceReport report) -> RolloutStage.lot(report.id()))
                        .thenComparing(InstanceReport::id))
                .limit(rollout().first())
                .toList();
        return stage(Step.FIRST, chosen, 0, Map.of());
    }

    /** The stage that follows, when all was well for long enough. */
    public RolloutStage after(RolloutStage stage) {
        if (stage.step() == Step.ALL) {
            return new RolloutStage(probe.id(), probe.version(), Step.DONE, Set.of(), ALL, "", now, Map.of());
        }
        boolean isFirst = stage.step() == Step.FIRST;
        RolloutStage next = wider(
                stage, isFirst ? Step.SHARE : Step.ALL, isFirst ? rollout().then() : ALL);
        boolean isNoWider = isFirst && stage.instances().containsAll(next.instances());
        return isNoWider ? wider(stage, Step.ALL, ALL) : next;
    }

    private RolloutStage wider(RolloutStage stage, Step step, double share) {
        RolloutStage open = new RolloutStage(
                probe.id(), probe.version(), step, stage.instances(), share, "", now, stage.cpuBefore());
        return stage(step, admitted(open), share, stage.cpuBefore());
    }

    private RolloutStage stage(Step step, List<InstanceReport> admitted, double share, Map<String, Double> known) {
        Map<String, Double> cpuBefore = new HashMap<>();
        Set<String> ids = new LinkedHashSet<>();
        for (InstanceReport report : admitted) {
            ids.add(report.id());
            double before = known.getOrDefault(report.id(), report.cpu());
            if (before != InstanceReport.UNKNOWN) {
                cpuBefore.put(report.id(), before);
            }
        }
        return new RolloutStage(probe.id(), probe.version(), step, ids, share, "", now, cpuBefore);
    }

    /** The end that nobody wants. */
    public RolloutStage takenBack(RolloutStage stage, String reason) {
        return new RolloutStage(
                probe.id(), probe.version(), Step.BACKED_OUT, stage.instances(), 0, reason, now, Map.of());
    }

    /** How a stage does now. */
    public Health health(RolloutStage stage) {
        for (Seen seen : instances) {
            InstanceReport report = seen.report();
            if (stage.instances().contains(report.id()) && report.running() && !seen.isAlive(now)) {
                return Health.harm(report.id() + " is not heard of any more since it has the probe");
            }
        }
        List<InstanceReport> admitted = admitted(stage);
        if (admitted.isEmpty()) {
            return Health.waiting("no running instance has it");
        }
        List<Health> each =
                admitted.stream().map(report -> health(report, stage)).toList();
        return each.stream()
                .filter(health -> health.kind() == Health.Kind.HARM)
                .findFirst()
                .or(() -> each.stream()
                        .filter(health -> health.kind() == Health.Kind.WAITING)
                        .findFirst())
                .orElseGet(() -> arePending(admitted) ? Health.waiting(pendingInWords(admitted)) : Health.CALM);
    }

    private Health health(InstanceReport instance, RolloutStage stage) {
        ProbeReport report = reports.get(instance.id());
        if (report == null || report.version() != probe.version()) {
            return Health.waiting("no word yet from " + instance.id());
        }
        if (report.state() == ProbeState.REJECTED || report.state() == ProbeState.SUSPENDED) {
            return Health.harm(report.state().word() + " on " + instance.id() + ": " + report.reason());
        }
        if (report.state() == ProbeState.OFF) {
            return Health.waiting("it is off on " + instance.id());
        }
        double cost = report.cost().share() * ALL;
        if (cost > rollout().maxCost()) {
            return Health.harm("it costs " + percent(cost) + " of a core on " + instance.id() + ", more than "
                    + Percent.format(rollout().maxCost()));
        }
        return cpu(instance, stage);
    }

    private Health cpu(InstanceReport instance, RolloutStage stage) {
        Double before = stage.cpuBefore().get(instance.id());
        if (before == null) {
            return Health.CALM;
        }
        boolean isOld = instances.stream()
                .anyMatch(seen ->
                        seen.report().id().equals(instance.id()) && seen.at().isBefore(stage.since()));
        if (isOld || instance.cpu() == InstanceReport.UNKNOWN) {
            return Health.waiting("the CPU time of " + instance.id() + " is not known yet");
        }
        double more = instance.cpu() - before;
        return more <= rollout().maxCpu()
                ? Health.CALM
                : Health.harm("the process " + instance.id() + " takes " + percent(instance.cpu()) + " of a core, "
                        + percent(before) + " before; it may take "
                        + Percent.format(rollout().maxCpu()) + " more");
    }

    private static String percent(double value) {
        return Percent.format(Math.round(value * 10) / 10.0);
    }

    /** Nothing is proven while no instance has the class. */
    private boolean arePending(List<InstanceReport> admitted) {
        return admitted.stream().allMatch(report -> reports.get(report.id()).state() == ProbeState.PENDING);
    }

    private String pendingInWords(List<InstanceReport> admitted) {
        return admitted.stream()
                .map(report -> reports.get(report.id()).reason() + " on " + report.id())
                .collect(Collectors.joining(", "));
    }
}
