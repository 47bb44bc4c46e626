package io.plumbline.pipeline.control.probes;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.Switch;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.Caller;
import io.plumbline.pipeline.control.fleet.Registry;
import io.plumbline.pipeline.control.fleet.Turns.Turn;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * Turns probes, instances and everything off and on.
 *
 * <p>Threads: any; one change at a time, of definitions too, as a probe that is removed takes its switch along.
 */
public final class Switches {
    private final Registry registry;
    private final ProbeFinder finder;
    private final ProbeLog log;

    Switches(Registry registry, ProbeFinder finder, ProbeLog log) {
        this.registry = registry;
        this.finder = finder;
        this.log = log;
    }

    /** Switches everything off or on; single instances and probes keep what was said of them. */
    public Switch fleet(boolean off) {
        return set(now -> new Switch(off, now.instances(), now.probes()));
    }

    public Switch instance(String instance, boolean off) {
        return set(now -> new Switch(now.fleet(), with(now.instances(), List.of(instance), off), now.probes()));
    }

    public Switch probe(String probe, boolean off, Caller caller) {
        return probes(List.of(finder.require(probe)), off, caller);
    }

    /** Switches the probes with a tag. */
    public Switch tagged(String tag, boolean off, Caller caller) {
        return probes(finder.requireTagged(tag), off, caller);
    }

    private Switch probes(List<Probe> probes, boolean off, Caller caller) {
        probes.forEach(caller::requireReach);
        List<String> ids = probes.stream().map(Probe::id).toList();
        return set(now -> new Switch(now.fleet(), now.instances(), with(now.probes(), ids, off)));
    }

    /** Again where another control plane's record outran ours; what it switched stays so. */
    private Switch set(UnaryOperator<Switch> change) {
        synchronized (log) {
            for (int i = 0; i < ProbeLog.TRIES; i++) {
                Switch next = change.apply(registry.off());
                if (next.equals(registry.off())) {
                    return next;
                }
                Turn turn = log.write(Map.of(Topics.SWITCH_KEY, next.json())).get(Topics.SWITCH_KEY);
                if (turn == null || turn.isTaken()) {
                    return next;
                }
            }
        }
        throw ProbeLog.tooBusy(Topics.SWITCH_KEY);
    }

    private static Set<String> with(Set<String> names, List<String> more, boolean present) {
        Set<String> changed = new HashSet<>(names);
        if (present) {
            changed.addAll(more);
        } else {
            more.forEach(changed::remove);
        }
        return changed;
    }
}
