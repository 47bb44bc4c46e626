package io.plumbline.agent.weave;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds those of some things that make an attempt fail, by halves: a few bad ones among n cost some log n attempts each.
 * Things that fail only together are found as far as halving tells them apart.
 *
 * @param <T> what is tried
 */
final class Bisection<T> {
    private final Attempt<T> attempt;

    /** Tries some of the things together. */
    interface Attempt<T> {
        /** Why it failed; null when it did not. */
        String refusal(Set<T> things);
    }

    Bisection(Attempt<T> attempt) {
        this.attempt = attempt;
    }

    /** The bad ones, with what the attempt said of each. The last attempt made need not be a good one. */
    Map<T, String> bad(Set<T> things) {
        Map<T, String> bad = new LinkedHashMap<>();
        find(new ArrayList<>(things), bad);
        return bad;
    }

    private void find(List<T> things, Map<T, String> bad) {
        if (things.isEmpty()) {
            return;
        }
        String refusal = attempt.refusal(Set.copyOf(things));
        if (refusal == null) {
            return;
        }
        if (things.size() == 1) {
            bad.put(things.get(0), refusal);
            return;
        }
        int half = things.size() / 2;
        find(things.subList(0, half), bad);
        find(things.subList(half, things.size()), bad);
    }
}
