package io.plumbline.pipeline.control.latency;

import java.util.ArrayList;
import java.util.List;

/**
 * One request on its way: spans that follow each other, from point to point.
 *
 * @param legs at least one; each begins at the point, and in the instance, where the one before ended
 */
record Journey(List<Leg> legs) {
    Journey {
        legs = List.copyOf(legs);
    }

    Journey with(Leg next) {
        List<Leg> all = new ArrayList<>(legs);
        all.add(next);
        return new Journey(all);
    }

    Leg first() {
        return legs.get(0);
    }

    Leg last() {
        return legs.get(legs.size() - 1);
    }

    /** From its first point to its last: durations are known better than the clocks of two hosts agree. */
    long nanos() {
        return legs.stream().mapToLong(Leg::nanos).sum();
    }

    /** By how much that may be off; below 0 where nobody knows. */
    long boundNanos() {
        boolean isKnown = legs.stream().allMatch(leg -> leg.boundNanos() >= 0);
        return isKnown ? legs.stream().mapToLong(Leg::boundNanos).sum() : -1;
    }

    /** How many requests it stands for: the strictest of those sampled. */
    long weight() {
        return legs.stream().mapToLong(Leg::weight).max().orElse(1);
    }

    /** When a leg began, by the clock of where the journey began. */
    long startMicros(int leg) {
        long nanos = legs.subList(0, leg).stream().mapToLong(Leg::nanos).sum();
        return first().startMicros() + nanos / 1_000;
    }
}
