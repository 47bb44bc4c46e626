package io.plumbline.agent.compile;

import io.plumbline.agent.bridge.LogEntries;
import io.plumbline.agent.bridge.Series;
import io.plumbline.agent.bridge.Tap;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import java.util.List;

/**
 * A probe with what its hits talk to.
 *
 * @param tap the gate
 * @param sinks for each action, in order: {@link Series} for a metric, {@link LogEntries} for all others
 */
public record ArmedProbe(Probe probe, Tap tap, List<Object> sinks) {

    public ArmedProbe {
        sinks = List.copyOf(sinks);
        for (int i = 0; i < sinks.size(); i++) {
            boolean isMetric = probe.actions().get(i) instanceof Action.Metric;
            if (!(isMetric ? Series.class : LogEntries.class).isInstance(sinks.get(i))) {
                throw new IllegalArgumentException("wrong sink for action " + i + " of " + probe.id());
            }
        }
    }
}
