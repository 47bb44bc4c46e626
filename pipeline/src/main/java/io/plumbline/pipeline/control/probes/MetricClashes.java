package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.pipeline.control.http.Problem;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * Refuses probes whose metrics could not stand beside others in one scrape. Probes may share a metric when kind, unit,
 * labels and buckets are the same.
 */
final class MetricClashes {
    private MetricClashes() {}

    /**
     * Checks new probes against those that are there and against each other.
     *
     * @throws Problem naming the other probe and what to do
     */
    static void check(List<Probe> incoming, Collection<Probe> present) {
        List<Probe> others = new ArrayList<>(present);
        for (Probe probe : incoming) {
            for (int i = 0; i < probe.metrics().size(); i++) {
                checkMetric(probe, i, others);
            }
            others.add(probe);
        }
    }

    private static void checkMetric(Probe probe, int index, List<Probe> others) {
        Action.Metric metric = probe.metrics().get(index);
        for (Action.Metric own : probe.metrics().subList(0, index)) {
            refuseClash(probe, metric, probe, own);
        }
        for (Probe other : others) {
            for (Action.Metric there : other.metrics()) {
                refuseClash(probe, metric, other, there);
            }
        }
    }

    private static void refuseClash(Probe probe, Action.Metric metric, Probe other, Action.Metric there) {
        MetricShape here = MetricShape.of(metric);
        MetricShape shape = MetricShape.of(there);
        if (Collections.disjoint(here.takenNames(), shape.takenNames())) {
            return;
        }
        boolean sameProbe = probe.id().equals(other.id());
        String clash = difference(here, shape);
        if (clash.isEmpty() && sameProbe) {
            clash = "stands there twice";
        }
        if (!clash.isEmpty()) {
            String where = sameProbe ? "with another action of the same probe" : "with probe '" + other.id() + "'";
            throw Problem.conflict("probe '" + probe.id() + "': the metric '" + metric.name() + "' clashes " + where
                    + ": it " + clash + "; give it another name"
                    + (sameProbe
                            ? ""
                            : ", or make both the same, or remove the other (plumb probe rm " + other.id() + ")"));
        }
    }

    private static String difference(MetricShape here, MetricShape there) {
        if (here.family().equals(there.family())) {
            return here.differenceTo(there);
        }
        return "would share a name in Prometheus with the " + there.kind() + " '" + there.name() + "' there";
    }
}
