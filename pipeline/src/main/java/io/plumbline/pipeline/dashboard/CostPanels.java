package io.plumbline.pipeline.dashboard;

import io.plumbline.config.probe.Probe;
import java.util.List;

/** What the probes cost and how they stand; the last part of a dashboard. */
final class CostPanels {
    private static final double USUAL_BUDGET = 0.01;

    private final String probes;

    CostPanels(List<Probe> probes) {
        this.probes = Selector.ofProbes(probes) + ",service=~\"$service\"";
    }

    void addTo(Layout layout) {
        layout.heading("Cost and state");
        layout.add(
                Panel.lines(
                                "Share of a core",
                                "CPU time on the program's own threads, on the instance where it is most; 1 % is what a"
                                        + " probe may take where nothing else is set.",
                                Units.SHARE)
                        .field("min", 0)
                        .warnsFrom(USUAL_BUDGET)
                        .asks("max by (probe) (plumbline_probe_cost_cores_max{" + probes + "})", "{{probe}}"),
                8,
                8);
        layout.add(
                Panel.lines("Time of a hit", "Condition and capture included.", Units.SECONDS)
                        .field("min", 0)
                        .asks("max by (probe) (plumbline_probe_hit_seconds{" + probes + "})", "{{probe}}"),
                8,
                8);
        layout.add(
                Panel.lines(
                                "Left out",
                                "Hits in a second that another one's weight stands for (sampled), and those that are gone"
                                        + " (by cause).",
                                Units.PER_SECOND)
                        .field("min", 0)
                        .asks(rate("plumbline_probe_sampled_out_total", "probe"), "{{probe}} sampled")
                        .asks(rate("plumbline_probe_dropped_total", "probe, cause") + " > 0", "{{probe}} {{cause}}"),
                8,
                8);
        layout.add(
                Panel.table("State", "On how many running instances which probe is in which state.")
                        .asks("max by (probe, service, state) (plumbline_probe_instances{" + probes + "})", "")
                        .without("Time"),
                10,
                8);
        layout.add(
                Panel.table("Why", "Of suspended and rejected probes; empty when there is none.")
                        .asks(
                                "max by (probe, service, state, reason) (plumbline_probe_trouble_instances{" + probes
                                        + "})",
                                "")
                        .without("Time", "Value"),
                14,
                8);
    }

    /** Control planes say the same each; so the largest of them counts. */
    private String rate(String counter, String labels) {
        return "sum by (" + labels + ") (max by (service, " + labels + ") (rate(" + counter + "{" + probes + "}"
                + Selector.INTERVAL + ")))";
    }
}
