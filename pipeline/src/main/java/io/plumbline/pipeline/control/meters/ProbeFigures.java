package io.plumbline.pipeline.control.meters;

import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.ProbeCost;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.ProbeState;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What probes do and cost, by probe and service. Guarded by {@link FleetMeters}. */
final class ProbeFigures {
    private static final String PROBE = "probe";
    private static final String SERVICE = "service";

    /** A reason is a sentence; the whole one stands in {@code plumb probe show}. */
    private static final int MAX_REASON = 200;

    private static final Set<ProbeState> TROUBLES = Set.of(ProbeState.SUSPENDED, ProbeState.REJECTED);

    private final Gauges instances =
            new Gauges("plumbline_probe_instances", "Running instances, by how a probe stands there");
    private final Gauges troubles = new Gauges(
            "plumbline_probe_trouble_instances", "Running instances where a probe is suspended or rejected, by why");
    private final Gauges cores = new Gauges(
            "plumbline_probe_cost_cores",
            "CPU time on the programs' threads over the last seconds, all instances together");
    private final Gauges mostCores =
            new Gauges("plumbline_probe_cost_cores_max", "The same, of the instance where the probe costs most");
    private final Gauges perHit =
            new Gauges("plumbline_probe_hit_seconds", "Time that a hit takes where it takes longest");
    private final Gauges bytes = new Gauges("plumbline_probe_signal_bytes_per_second", "Signals on the wire");
    private final Gauges every =
            new Gauges("plumbline_probe_sampling_every", "One hit in so many is taken, where it is the fewest");
    private final Counters hits = new Counters("plumbline_probe_hits", "Arrivals at the probe's sites");
    private final Counters emitted = new Counters("plumbline_probe_emitted", "Hits that emitted");
    private final Counters sampledOut =
            new Counters("plumbline_probe_sampled_out", "Hits that the weight of another one stands for");
    private final Counters dropped = new Counters("plumbline_probe_dropped", "Hits or signals lost, by cause");
    private final List<Gauges> gauges = List.of(instances, troubles, cores, mostCores, perHit, bytes, every);
    private final List<Counters> counters = List.of(hits, emitted, sampledOut, dropped);

    private final Set<String> defined = new HashSet<>();
    private final Set<String> told = new HashSet<>();
    /** What was counted already, by probe and instance. */
    private final Map<String, Map<String, ProbeReport>> last = new HashMap<>();

    private Map<String, InstanceReport> known = Map.of();

    /** @param instances all that are known, by id */
    void startTurn(Map<String, InstanceReport> instances) {
        known = instances;
        defined.clear();
        told.clear();
        gauges.forEach(Gauges::clear);
    }

    void defined(String probe) {
        defined.add(probe);
    }

    /** Of an instance that runs. */
    void report(ProbeReport report) {
        String service = known.containsKey(report.instance())
                ? known.get(report.instance()).service()
                : "";
        String[] labels = {PROBE, report.probe(), SERVICE, service};
        count(report, labels);
        state(report, service);
        ProbeCost cost = report.cost();
        cores.add(cost.share(), labels);
        mostCores.max(cost.share(), labels);
        bytes.add(cost.bytesPerSecond(), labels);
        every.max(cost.every(), labels);
        if (cost.nanosPerHit() > 0) {
            perHit.max(cost.nanosPerHit() / 1e9, labels);
        }
    }

    private void count(ProbeReport report, String... labels) {
        ProbeReport before =
                last.computeIfAbsent(report.probe(), any -> new HashMap<>()).put(report.instance(), report);
        ProbeCost old = before == null ? ProbeCost.NONE : before.cost();
        hits.grown(old.hits(), report.cost().hits(), labels);
        emitted.grown(before == null ? 0 : before.emitted(), report.emitted(), labels);
        sampledOut.grown(old.sampledOut(), report.cost().sampledOut(), labels);
        report.dropped().forEach((cause, count) -> {
            long was = before == null ? 0 : before.dropped().getOrDefault(cause, 0L);
            dropped.grown(was, count, PROBE, labels[1], SERVICE, labels[3], "cause", cause);
        });
    }

    /** One reason for each state of a probe in a service, lest texts with numbers in them become series. */
    private void state(ProbeReport report, String service) {
        ProbeState state = report.state();
        instances.add(1, PROBE, report.probe(), SERVICE, service, "state", state.word());
        if (TROUBLES.contains(state) && told.add(report.probe() + "\n" + service + "\n" + state)) {
            troubles.add(
                    1, PROBE, report.probe(), SERVICE, service, "state", state.word(), "reason", shortened(report));
        }
    }

    /**
     * On one line and not too long. Of a suspension what stands before a colon: behind it may be the message of an exception, with values of the
     * program's in it, and {@code /metrics} is read without a token.
     */
    private static String shortened(ProbeReport report) {
        String line = report.reason().replaceAll("\\s+", " ").strip();
        int colon = line.indexOf(": ");
        if (report.state() == ProbeState.SUSPENDED && colon > 0) {
            line = line.substring(0, colon);
        }
        return line.length() <= MAX_REASON ? line : line.substring(0, MAX_REASON - 1) + "…";
    }

    /** Forgets probes that are gone, and instances that nobody knows any more. */
    void endTurn() {
        last.keySet().retainAll(defined);
        last.values().forEach(byInstance -> byInstance.keySet().retainAll(known.keySet()));
        counters.forEach(family -> family.keep(this::isWanted));
    }

    private boolean isWanted(Labels labels) {
        String probe = labels.get(PROBE);
        return defined.contains(probe) || probe.equals(Families.OTHERS);
    }

    void begin() {
        counters.forEach(Counters::reset);
    }

    void addTo(MetricSnapshots.Builder all) {
        Gauges probes = new Gauges("plumbline_probes", "Probes that are defined");
        probes.add(defined.size());
        Families.add(all, probes);
        gauges.forEach(family -> Families.add(all, family));
        counters.forEach(family -> Families.add(all, family));
    }
}
