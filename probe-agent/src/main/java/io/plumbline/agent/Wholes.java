package io.plumbline.agent;

import io.plumbline.agent.capture.Hops;
import io.plumbline.agent.control.Probing.Status;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.SpanBy;
import io.plumbline.config.probe.Targets;
import io.plumbline.config.wire.ProbeCost;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.SiteReport;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Takes probes apart into what is watched for here: a span probe into its points, as far as they are meant for this instance; and
 * puts together again how they stand. While points of several instances are to be paired, the agent's own probe of {@link Hops} is
 * among the parts. Control thread only.
 */
final class Wholes {
    private final Predicate<Targets> here;

    /** The parts of each probe, in order. */
    private final Map<String, List<Probe>> parts = new HashMap<>();

    private boolean hops;

    /**
     * What is to be done with parts.
     *
     * @param removed their ids
     */
    record Change(List<Probe> set, List<String> removed) {}

    /**
     * @param here whether an instance with such labels is this one
     */
    Wholes(Predicate<Targets> here) {
        this.here = here;
    }

    /** What a change of whole probes means for their parts. */
    Change change(Collection<Probe> set, Collection<String> removed) {
        Change change = new Change(new ArrayList<>(), new ArrayList<>());
        for (String gone : removed) {
            change.removed.addAll(partsOf(gone));
            parts.remove(gone);
        }
        for (Probe probe : set) {
            List<String> before = parts.containsKey(probe.id()) ? partsOf(probe.id()) : List.of();
            List<Probe> now = parts(probe);
            parts.put(probe.id(), now);
            before.stream()
                    .filter(id -> now.stream().noneMatch(part -> part.id().equals(id)))
                    .forEach(change.removed::add);
            change.set.addAll(now);
        }
        hops(change);
        return change;
    }

    private void hops(Change change) {
        boolean wanted = parts.values().stream()
                .flatMap(List::stream)
                .anyMatch(part -> part.actions().get(0) instanceof Action.Point point
                        && point.span().by() != SpanBy.THREAD);
        if (wanted && !hops) {
            change.set.add(Hops.probe());
        } else if (!wanted && hops) {
            change.removed.add(Hops.probe().id());
        }
        hops = wanted;
    }

    /** The ids of all that are set. */
    Set<String> ids() {
        return Set.copyOf(parts.keySet());
    }

    /** A probe's parts on this instance. */
    List<Probe> parts(Probe probe) {
        if (probe.span().isEmpty()) {
            return List.of(probe);
        }
        List<Probe> all = probe.parts();
        List<Probe> mine = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            if (here.test(probe.span().get().points().get(i).on())) {
                mine.add(all.get(i));
            }
        }
        return mine;
    }

    /** The ids of a probe's parts, as it was set last; its own where it was not. */
    List<String> partsOf(String probe) {
        List<Probe> known = parts.get(probe);
        return known == null ? List.of(probe) : known.stream().map(Probe::id).toList();
    }

    /**
     * How a span probe stands: in place where one of its points is, refused where one is refused.
     *
     * @param points how each stands, by name
     */
    static Status merged(Probe probe, Map<String, Status> points) {
        List<SiteReport> sites = new ArrayList<>();
        Map<String, Long> dropped = new TreeMap<>();
        StringBuilder reason = new StringBuilder();
        ProbeState state = ProbeState.PENDING;
        ProbeCost cost = ProbeCost.NONE;
        String suspension = null;
        long emitted = 0;
        long weaves = 0;
        boolean exhausted = false;
        for (Map.Entry<String, Status> each : points.entrySet()) {
            Status point = each.getValue();
            state = stricter(state, point.state());
            sites.addAll(point.sites());
            point.dropped().forEach((cause, count) -> dropped.merge(cause, count, Long::sum));
            cost = cost.plus(point.cost());
            emitted += point.emitted();
            weaves += point.weaves();
            exhausted |= point.exhausted();
            if (suspension == null && point.suspension() != null) {
                suspension = "point " + each.getKey() + ": " + point.suspension();
            }
            if (!point.reason().isEmpty()) {
                reason.append(reason.length() == 0 ? "" : "; ")
                        .append(each.getKey())
                        .append(": ")
                        .append(point.reason());
            }
        }
        if (points.isEmpty()) {
            reason.append("none of its points is meant for this instance");
        }
        return new Status(
                state, reason.toString(), sites, emitted, dropped, cost, weaves, suspension, exhausted, probe);
    }

    private static ProbeState stricter(ProbeState one, ProbeState other) {
        if (one == ProbeState.REJECTED || other == ProbeState.REJECTED) {
            return ProbeState.REJECTED;
        }
        return one == ProbeState.PENDING ? other : one;
    }
}
