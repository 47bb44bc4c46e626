package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.ProbeState;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a probe stands in the whole fleet, in a few numbers; what a list shows of it.
 *
 * @param instances that run and are meant
 * @param states how many instances are in which
 * @param leastEvery where instances sample: the least n of 1 in n, and
 * @param mostEvery the most; both 0 where none does
 * @param emitted hits that emitted, on all
 * @param mostShare of a core, on the instance where it costs most
 */
public record ProbeSummary(
        int instances,
        Map<ProbeState, Integer> states,
        long leastEvery,
        long mostEvery,
        long emitted,
        double mostShare) {
    /** @param reports of instances that run */
    public static ProbeSummary of(int instances, Collection<ProbeReport> reports) {
        Map<ProbeState, Integer> states = new TreeMap<>();
        long least = 0;
        long most = 0;
        long emitted = 0;
        double share = 0;
        for (ProbeReport report : reports) {
            states.merge(report.state(), 1, Integer::sum);
            emitted += report.emitted();
            share = Math.max(share, report.cost().share());
            if (report.state() == ProbeState.SAMPLING) {
                long every = report.cost().every();
                least = least == 0 ? every : Math.min(least, every);
                most = Math.max(most, every);
            }
        }
        return new ProbeSummary(instances, states, least, most, emitted, share);
    }

    public Map<String, Object> map() {
        Map<String, Object> counts = new LinkedHashMap<>();
        states.forEach((state, count) -> counts.put(state.word(), count));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("instances", instances);
        map.put("states", counts);
        map.put("leastEvery", leastEvery);
        map.put("mostEvery", mostEvery);
        map.put("emitted", emitted);
        map.put("mostShare", mostShare);
        return map;
    }
}
