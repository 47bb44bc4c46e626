package io.plumbline.pipeline.control.meters;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.InstanceReport;
import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.Switch;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Registry.Seen;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Probes and agents of the whole fleet, each time Prometheus asks.
 *
 * <p>The bargain: counters count what was reported since this process began to, and go on when instances leave; gauges are of the
 * instances that run. Several control planes say the same each, so queries take the maximum over them and never the sum.
 *
 * <p>Threads: one scrape at a time; the registry has its own lock.
 */
public final class FleetMeters implements MultiCollector {
    /** An agent that fell silent without a word is told of for so long. */
    private static final Duration MISSED_FOR = Duration.ofMinutes(30);

    private final Registry registry;
    private final Clock clock;
    /** Both guarded by this. */
    private final ProbeFigures probes = new ProbeFigures();

    private final AgentFigures agents = new AgentFigures();

    public FleetMeters(Registry registry, Clock clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /** Takes what was reported until now as the beginning of all counters. */
    public synchronized FleetMeters begin() {
        update();
        probes.begin();
        agents.begin();
        return this;
    }

    @Override
    public synchronized MetricSnapshots collect() {
        update();
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        probes.addTo(all);
        agents.addTo(all);
        Families.add(all, switchedOff(registry.off()));
        return all.build();
    }

    private void update() {
        Instant now = clock.instant();
        Map<String, InstanceReport> known = new HashMap<>();
        List<Seen> seen = registry.instances();
        seen.forEach(each -> known.put(each.report().id(), each.report()));
        probes.startTurn(known);
        agents.startTurn(known);
        for (Seen each : seen) {
            boolean isAlive = each.isAlive(now);
            if (isAlive || isMissed(each, now)) {
                agents.instance(each.report(), isAlive);
            }
        }
        for (Probe probe : registry.probes()) {
            probes.defined(probe.id());
            for (ProbeReport report : registry.reports(probe.id())) {
                probes.report(report);
                agents.cost(report);
            }
        }
        probes.endTurn();
        agents.endTurn();
    }

    private static boolean isMissed(Seen seen, Instant now) {
        return seen.report().running() && seen.at().plus(MISSED_FOR).isAfter(now);
    }

    private static Gauges switchedOff(Switch off) {
        Gauges gauges = new Gauges("plumbline_switched_off", "What people switched off: the fleet, instances, probes");
        gauges.add(off.fleet() ? 1 : 0, "what", "fleet");
        gauges.add(off.instances().size(), "what", "instances");
        gauges.add(off.probes().size(), "what", "probes");
        return gauges;
    }
}
