package io.plumbline.agent.weave;

import io.plumbline.config.probe.Location;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What is done when the JVM refuses a woven class: the locations that it refuses are found and left out, so that one bad
 * probe costs no other. Where it refuses the class even without any (as another agent broke it), the class is given up.
 *
 * <p>A refused class goes on running as it was before. Control thread only.
 */
final class Isolation {
    private final Retransformer retransformer;

    Isolation(Retransformer retransformer) {
        this.retransformer = retransformer;
    }

    /**
     * @param asked the locations that the class was to be woven for
     * @param refusal what the JVM said to all of them
     */
    void isolate(Class<?> type, ClassState state, Set<Location> asked, String refusal) {
        Set<Location> tried = new LinkedHashSet<>(asked);
        tried.removeIf(state::isBanned);
        if (refusalOf(type, state, tried, Set.of()) != null) {
            tried.forEach(state::unban);
            state.refused(refusal);
            return;
        }
        Map<Location, String> bad = new Bisection<Location>(some -> refusalOf(type, state, tried, some)).bad(tried);
        Set<Location> good = new LinkedHashSet<>(tried);
        good.removeAll(bad.keySet());
        String still = refusalOf(type, state, tried, good);
        bad.forEach(state::ban);
        if (still != null) {
            good.forEach(location -> state.ban(location, still));
            retransformer.retransform(Set.of(type));
        }
    }

    /** Weaves some of the locations only. */
    private String refusalOf(Class<?> type, ClassState state, Set<Location> all, Set<Location> some) {
        for (Location location : all) {
            if (some.contains(location)) {
                state.unban(location);
            } else {
                state.ban(location, "being left out for a moment, to find out what the JVM refuses");
            }
        }
        return retransformer.retransform(Set.of(type)).get(type);
    }
}
