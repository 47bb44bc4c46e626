package io.plumbline.pipeline.control.meters;

import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.ProbeReport;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How agents do, by service. Guarded by {@link FleetMeters}. */
final class AgentFigures {
    private static final String SERVICE = "service";

    private final Gauges instances = new Gauges(
            "plumbline_agent_instances", "Agents that run, and those that fell silent without saying that they end");
    private final Gauges process =
            new Gauges("plumbline_agent_process_cpu_cores", "CPU time of the whole programs that agents are in");
    private final Gauges cores =
            new Gauges("plumbline_agent_cost_cores", "CPU time that probes take, all instances together");
    private final Gauges mostCores =
            new Gauges("plumbline_agent_cost_cores_max", "The same, of the instance where it is most");
    private final Gauges pause = new Gauges(
            "plumbline_agent_pause_seconds_max", "The longest that classes were transformed again at a time, at most");
    private final Counters dropped = new Counters("plumbline_agent_dropped", "Signals lost in agents, by cause");
    private final Counters refused =
            new Counters("plumbline_agent_refused", "Definitions and requests not taken for their signature, by cause");
    private final List<Gauges> gauges = List.of(instances, process, cores, mostCores, pause);
    private final List<Counters> counters = List.of(dropped, refused);

    /** What was counted already, by instance. */
    private final Map<String, InstanceReport> last = new HashMap<>();

    private final Map<String, Double> costs = new HashMap<>();
    private Map<String, InstanceReport> known = Map.of();

    /** @param instances all that are known, by id */
    void startTurn(Map<String, InstanceReport> instances) {
        known = instances;
        costs.clear();
        gauges.forEach(Gauges::clear);
    }

    /** @param isAlive otherwise it fell silent of late */
    void instance(InstanceReport report, boolean isAlive) {
        String service = report.service();
        instances.add(1, SERVICE, service, "version", report.agentVersion(), "state", isAlive ? "running" : "silent");
        InstanceReport before = last.put(report.id(), report);
        count(dropped, before == null ? Map.of() : before.dropped(), report.dropped(), service);
        count(refused, before == null ? Map.of() : before.refused(), report.refused(), service);
        if (isAlive) {
            costs.putIfAbsent(report.id(), 0.0);
            pause.max(report.pauses().longestNanos() / 1e9, SERVICE, service);
            if (report.cpu() != InstanceReport.UNKNOWN) {
                process.add(report.cpu() / 100, SERVICE, service);
            }
        }
    }

    private static void count(Counters family, Map<String, Long> before, Map<String, Long> now, String service) {
        now.forEach((cause, count) ->
                family.grown(before.getOrDefault(cause, 0L), count, SERVICE, service, "cause", cause));
    }

    /** Of a probe on an instance that runs. */
    void cost(ProbeReport report) {
        costs.merge(report.instance(), report.cost().share(), Double::sum);
    }

    void endTurn() {
        last.keySet().retainAll(known.keySet());
        costs.forEach((instance, share) -> {
            if (known.containsKey(instance)) {
                cores.add(share, SERVICE, known.get(instance).service());
                mostCores.max(share, SERVICE, known.get(instance).service());
            }
        });
    }

    void begin() {
        counters.forEach(Counters::reset);
    }

    void addTo(MetricSnapshots.Builder all) {
        gauges.forEach(family -> Families.add(all, family));
        counters.forEach(family -> Families.add(all, family));
    }
}
