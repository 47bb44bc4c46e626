package io.plumbline.pipeline.control.latency;

import io.plumbline.config.probe.SpanPair;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the spans of requests together. A span does not say which hit it ends with, but when and in which instance: the next one begins there.
 *
 * <p>The bargain: two requests of one trace that pass a point of one instance within a clock's error of each other may be taken for each other.
 */
final class Journeys {
    /** Of one process's clock. */
    private static final long EXACT_MICROS = 1_000;
    /** Of two processes of one host, whose clocks were set at different times. */
    private static final long NEAR_MICROS = 50_000;

    private static final Comparator<Leg> BY_START = Comparator.comparingLong(Leg::startMicros);

    private record Place(String trace, String instance) {}

    private Journeys() {}

    /**
     * All journeys that begin with the first pair, each as far as it came; and what belongs to none of them as one of its own.
     *
     * @param pairs that follow each other: each begins where the one before ends
     */
    static List<Journey> of(Collection<Leg> legs, List<SpanPair> pairs) {
        Map<SpanPair, List<Leg>> byPair = byPair(legs);
        List<Journey> done = new ArrayList<>();
        List<Journey> open = new ArrayList<>();
        for (SpanPair pair : pairs) {
            List<Leg> next = byPair.getOrDefault(pair, List.of());
            List<Journey> grown = new ArrayList<>();
            Map<Place, Deque<Leg>> waiting = waiting(next);
            open.sort(Comparator.comparingLong(journey -> journey.last().endMicros()));
            for (Journey journey : open) {
                Leg follower = follower(journey.last(), waiting);
                (follower == null ? done : grown).add(follower == null ? journey : journey.with(follower));
            }
            waiting.values().forEach(rest -> rest.forEach(leg -> grown.add(new Journey(List.of(leg)))));
            open = grown;
        }
        done.addAll(open);
        return done;
    }

    /** In the order of their first spans. */
    static Map<SpanPair, List<Leg>> byPair(Collection<Leg> legs) {
        Map<SpanPair, List<Leg>> byPair = new LinkedHashMap<>();
        legs.stream()
                .filter(Leg::isBetweenPoints)
                .forEach(leg -> byPair.computeIfAbsent(new SpanPair(leg.from(), leg.to()), any -> new ArrayList<>())
                        .add(leg));
        return byPair;
    }

    private static Map<Place, Deque<Leg>> waiting(List<Leg> legs) {
        Map<Place, Deque<Leg>> waiting = new HashMap<>();
        legs.stream()
                .sorted(BY_START)
                .forEach(leg -> waiting.computeIfAbsent(
                                new Place(leg.traceId(), leg.fromInstance()), any -> new ArrayDeque<>())
                        .add(leg));
        return waiting;
    }

    /** Null where none begins when that one ended. Those before it are put back: they belong to nobody's end. */
    private static Leg follower(Leg leg, Map<Place, Deque<Leg>> waiting) {
        Deque<Leg> candidates = waiting.get(new Place(leg.traceId(), leg.toInstance()));
        if (candidates == null) {
            return null;
        }
        Deque<Leg> tooEarly = new ArrayDeque<>();
        long error = errorMicros(leg);
        while (!candidates.isEmpty() && candidates.peek().startMicros() < leg.endMicros() - error) {
            tooEarly.push(candidates.remove());
        }
        boolean isThere = !candidates.isEmpty() && candidates.peek().startMicros() - error <= leg.endMicros();
        Leg follower = isThere ? candidates.remove() : null;
        tooEarly.forEach(candidates::push);
        return follower;
    }

    private static long errorMicros(Leg leg) {
        if (leg.isOneProcess()) {
            return EXACT_MICROS;
        }
        return leg.boundNanos() < 0 ? Long.MAX_VALUE / 4 : NEAR_MICROS + leg.boundNanos() / 1_000;
    }
}
