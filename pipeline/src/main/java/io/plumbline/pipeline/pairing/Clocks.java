package io.plumbline.pipeline.pairing;

import io.plumbline.config.pairing.PointHit;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How far the wall clocks of hosts are apart, by the calls between them; see {@link Apart}. The two sides of a call are known by the
 * client's span, and come from two instances in any order.
 *
 * <p>Not thread-safe.
 */
final class Clocks {
    /** Calls of which one side has been heard. */
    private static final int MAX_HALVES = 20_000;

    private final Map<String, Arrival.Hop> halves = new LinkedHashMap<>();
    private final Map<Between, Apart> known = new HashMap<>();

    /** Two clocks, in the order of their names: the second is measured by the first. */
    private record Between(String one, String other) {}

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
        if (client.end() < client.start() || client.clock().equals(server.clock())) {
            return false;
        }
        Between pair = between(client.clock(), server.clock());
        known.computeIfAbsent(pair, any -> new Apart())
                .add(
                        new Apart.Call(
                                server.start() - client.start(),
                                server.start() - client.end(),
                                server.end() - client.end(),
                                client.error() + server.error()),
                        server.clock().equals(pair.other()),
                        nowNanos);
        return true;
    }

    private static Between between(String clock, String other) {
        return clock.compareTo(other) < 0 ? new Between(clock, other) : new Between(other, clock);
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
        Between pair = between(from.clock(), to.clock());
        Apart apart = known.get(pair);
        if (apart == null) {
            return Optional.empty();
        }
        Apart.Estimate second = apart.at(nowNanos);
        Apart.Estimate ahead = to.clock().equals(pair.other()) ? second : second.reversed();
        return Optional.of(Latency.estimated(
                to.epochNanos() - from.epochNanos() - Math.round(ahead.nanos()), (long) Math.ceil(ahead.boundNanos())));
    }

    /** What the wall clocks say. */
    static Latency unbounded(PointHit from, PointHit to) {
        return Latency.unbounded(to.epochNanos() - from.epochNanos());
    }
}
