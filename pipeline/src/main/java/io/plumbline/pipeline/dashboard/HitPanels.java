package io.plumbline.pipeline.dashboard;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import java.util.stream.Collectors;

/** How often probes are hit, as the control plane tells it. */
final class HitPanels {
    private HitPanels() {}

    /** Of a probe whose signals are records, which no metric holds. */
    static Panel records(Probe probe) {
        String kinds = probe.actions().stream()
                .filter(action -> !(action instanceof Action.Metric))
                .map(Action::kind)
                .distinct()
                .collect(Collectors.joining(", "));
        return Panel.lines(
                        "Hits with " + kinds + ", per second",
                        "Hits that emitted. What they said is in the console, and where the exporters for logs lead.",
                        Units.PER_SECOND)
                .field("min", 0)
                .asks(
                        "max by (service) (rate(plumbline_probe_emitted_total{" + Selector.of(probe) + "}"
                                + Selector.INTERVAL + "))",
                        "{{service}}");
    }
}
