package io.plumbline.pipeline.pairing;

import io.plumbline.config.pairing.PointHit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the wall clocks of hosts are apart, by the calls between them. A client's span begins (T1) before the server's (T2), which
 * ends (T3) before the client's (T4). The server's clock is ahead by {@code ((T2 - T1) + (T3 - T4)) / 2}, to within half of {@code
 * (T4 - T1) - (T3 - T2)}, the time on the way: RFC 5905, section 8. Of the last eight calls of two clocks the one with the
 * smallest error counts (section 10): of the shortest way, and with the sides' own errors, and its error grows with its age by {@link #DRIFT}.
 *
 * <p>Not thread-safe.
 */
final class Clocks {
    /** RFC 5905's PHI: how fast a clock may go wrong. */
    private static final double DRIFT = 15e-6;

    private static final int SAMPLES = 8;

    /** Calls of which one side has been heard. */
    private static final int MAX_HALVES = 20_000;

    private final Map<String, Arrival.Hop> halves = new LinkedHashMap<>();
    private final Map<Between, Deque<Sample>> samples = new HashMap<>();

    /** Two clocks, in this order. */
    private record Between(String client, String server) {}

    /**
     * One call.
     *
     * @param aheadNanos by how much the server's clock is ahead of the client's
     * @param wayNanos on the way, there and back
     * @param sidesNanos by how much the times of both sides may be off
     */
    private record Sample(long aheadNanos, long wayNanos, long sidesNanos, long atNanos) {

        double errorNanos(long nowNanos) {
            return wayNanos / 2.0 + sidesNanos + DRIFT * (nowNanos - atNanos);
        }
    }

    /**
     * Takes one side of a call.
     *
     * @return whether more is known now
     */
    boolean add(Arrival.Hop hop, long nowNanos) {
        Arrival.Hop other = halves.get(hop.span());
        if (other == null || other.isClient() == hop.isClient()) {
            keep(hop);
            return false;
        }
        halves.remove(hop.span());
        Arrival.Hop client = hop.isClient() ? hop : other;
        Arrival.Hop server = hop.isClient() ? other : hop;
        long way = (client.end() - client.start()) - (server.end() - server.start());
        if (way < 0 || client.clock().equals(server.clock())) {
            return false;
        }
        long ahead = ((server.start() - client.start()) + (server.end() - client.end())) / 2;
        Deque<Sample> known =
                samples.computeIfAbsent(new Between(client.clock(), server.clock()), any -> new ArrayDeque<>());
        known.addLast(new Sample(ahead, way, client.error() + server.error(), nowNanos));
        if (known.size() > SAMPLES) {
            known.removeFirst();
        }
        return true;
    }

    private void keep(Arrival.Hop hop) {
        halves.put(hop.span(), hop);
        if (halves.size() > MAX_HALVES) {
            Iterator<String> oldest = halves.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** From one hit to another; empty where their clocks differ and nothing is known of them yet. */
    Optional<Latency> between(PointHit from, PointHit to, long nowNanos) {
        if (from.clock().equals(to.clock())) {
            boolean isOneProcess = from.instance().equals(to.instance());
            return Optional.of(Latency.exact(
                    to.monotonicNanos() - from.monotonicNanos(),
                    isOneProcess ? Latency.Basis.PROCESS : Latency.Basis.HOST));
        }
        Sample there = best(new Between(from.clock(), to.clock()), nowNanos);
        Sample back = best(new Between(to.clock(), from.clock()), nowNanos);
        if (there == null && back == null) {
            return Optional.empty();
        }
        boolean isThere = back == null || (there != null && there.errorNanos(nowNanos) <= back.errorNanos(nowNanos));
        long ahead = isThere ? there.aheadNanos() : -back.aheadNanos();
        double error = isThere ? there.errorNanos(nowNanos) : back.errorNanos(nowNanos);
        return Optional.of(Latency.estimated(to.epochNanos() - ahead - from.epochNanos(), (long) Math.ceil(error)));
    }

    /** What the wall clocks say. */
    static Latency unbounded(PointHit from, PointHit to) {
        return Latency.unbounded(to.epochNanos() - from.epochNanos());
    }

    private Sample best(Between between, long nowNanos) {
        Sample best = null;
        for (Sample each : samples.getOrDefault(between, new ArrayDeque<>())) {
            if (best == null || each.errorNanos(nowNanos) < best.errorNanos(nowNanos)) {
                best = each;
            }
        }
        return best;
    }
}
