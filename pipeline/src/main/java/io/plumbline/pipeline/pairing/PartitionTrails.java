package io.plumbline.pipeline.pairing;

import io.plumbline.config.pairing.Pairing;
import io.plumbline.config.pairing.PointHit;
import io.plumbline.config.pairing.Trail;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.PointAttributes;
import io.plumbline.exporters.signal.Resource;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The hits of one partition that wait for others. A restart begins with the oldest request that is not settled and runs all
 * that came since once more; so the same pairs are made, of the same hits, and their spans have the same ids.
 *
 * <p>Not thread-safe.
 */
final class PartitionTrails {
    /** Hits that wait. A hit takes about a kilobyte. */
    static final int MAX_HITS = 200_000;

    /** How long a pair of two hosts waits for a call that tells how far their clocks are apart: usually the request's own, which ends after it. */
    static final long HOP_WAIT_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** How long a hit is known, so that a record that comes twice is taken once. */
    private static final int MAX_UIDS = 50_000;

    private static final int MAX_INSTANCES = 10_000;

    private final int maxHits;
    private final Clocks clocks;
    private final Told told;

    /** What was handled before a restart ends here. */
    private final long highWater;

    private final Map<Request, Live> trails = new LinkedHashMap<>();
    private final Deque<Held> held = new ArrayDeque<>();

    /** By instance. */
    private final Map<String, Resource> resources = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Resource> eldest) {
            return size() > MAX_INSTANCES;
        }
    };

    private final Set<String> uids = Collections.newSetFromMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MAX_UIDS;
        }
    });
    private int hits;

    /** The first hit of the request that was begun last. */
    private long newest;

    /** Whether an earlier request was begun behind a later one, as when its probe was not known at first. */
    private boolean isOutOfOrder;

    private record Request(String probe, String key) {}

    private static final class Live {
        private final Probe probe;
        private final Trail trail;

        /** Where the request's first hit stands. */
        private final long offset;

        Live(Probe probe, Trail trail, long offset) {
            this.probe = probe;
            this.trail = trail;
            this.offset = offset;
        }
    }

    /**
     * A pair whose latency is not known yet.
     *
     * @param offset of the hit that completed it
     */
    private record Held(Live live, Pairing pairing, long offset, boolean isNew, long sinceNanos) {}

    /**
     * @param highWater before which all was told already
     */
    PartitionTrails(int maxHits, Clocks clocks, Told told, long highWater) {
        this.maxHits = maxHits;
        this.clocks = clocks;
        this.told = told;
        this.highWater = highWater;
    }

    /**
     * Takes a hit.
     *
     * @param offset of its record
     */
    void add(Probe probe, Arrival.Hit arrival, long offset, long nowNanos) {
        PointHit hit = arrival.hit();
        if (!uids.add(hit.uid())) {
            told.duplicate(probe);
            return;
        }
        Action.Span span = probe.span().orElseThrow();
        Request request = new Request(probe.id(), hit.key());
        Live live = trails.computeIfAbsent(request, any -> new Live(probe, new Trail(span), offset));
        isOutOfOrder |= offset < newest;
        newest = Math.max(newest, offset);
        resources.put(hit.instance(), arrival.resource());
        int before = live.trail.size();
        live.trail.add(hit, nowNanos, pairing -> pair(live, pairing, offset, nowNanos));
        hits += live.trail.size() - before;
        if (live.trail.isEmpty()) {
            trails.remove(request);
        }
        evict();
    }

    private void pair(Live live, Pairing pairing, long offset, long nowNanos) {
        boolean isNew = offset >= highWater;
        Optional<Latency> latency = clocks.between(pairing.from(), pairing.to(), nowNanos);
        if (latency.isPresent()) {
            close(live, pairing, latency.get(), isNew);
        } else {
            held.add(new Held(live, pairing, offset, isNew, nowNanos));
        }
    }

    private void close(Live live, Pairing pairing, Latency latency, boolean isNew) {
        Probe probe = live.probe;
        Resource resource = resource(pairing.from());
        told.closed(new Closed(probe.id(), probe.version(), probe.to(), pairing, resource, latency, isNew));
    }

    /** An empty one where more instances than are remembered have been heard since. */
    private Resource resource(PointHit hit) {
        return resources.getOrDefault(hit.instance(), Resource.of(Map.of()));
    }

    /** The oldest request goes first: it has had the most time. */
    private void evict() {
        Iterator<Live> oldest = trails.values().iterator();
        while (hits > maxHits && oldest.hasNext()) {
            Live gone = oldest.next();
            oldest.remove();
            hits -= gone.trail.size();
            told.evicted(gone.probe, gone.trail.size());
        }
    }

    /** More is known about clocks. */
    void lookAgain(long nowNanos) {
        held.removeIf(one -> {
            Optional<Latency> latency =
                    clocks.between(one.pairing().from(), one.pairing().to(), nowNanos);
            latency.ifPresent(known -> close(one.live(), one.pairing(), known, one.isNew()));
            return latency.isPresent();
        });
    }

    /** Lets go of what has waited for too long. About once a second. */
    void expire(long nowNanos) {
        while (!held.isEmpty() && nowNanos - held.peekFirst().sinceNanos() > HOP_WAIT_NANOS) {
            Held one = held.removeFirst();
            Latency latency =
                    Clocks.unbounded(one.pairing().from(), one.pairing().to());
            close(one.live(), one.pairing(), latency, one.isNew());
        }
        for (Iterator<Live> each = trails.values().iterator(); each.hasNext(); ) {
            Live live = each.next();
            Action.Span span = live.probe.span().orElseThrow();
            int before = live.trail.size();
            live.trail.expire(nowNanos - span.within().toNanos(), lost -> lose(live, lost));
            hits -= before - live.trail.size();
            if (live.trail.isEmpty()) {
                each.remove();
            }
        }
    }

    /** A hit whose partner was left out by sampling is not missed. */
    private void lose(Live live, Trail.Lost lost) {
        if (lost.missed().isEmpty()) {
            told.orphan(live.probe, lost.hit());
        } else if (lost.missed().stream()
                .allMatch(point -> PointAttributes.isTaken(lost.hit().key(), told.strictest(live.probe.id(), point)))) {
            told.unclosed(live.probe, lost, resource(lost.hit()));
        }
    }

    /**
     * Where a restart has to begin.
     *
     * @param next the offset behind all that was taken
     */
    long settled(long next) {
        long least = next;
        for (Live live : trails.values()) {
            least = Math.min(least, live.offset);
            if (!isOutOfOrder) {
                break; // the first is the oldest
            }
        }
        for (Held one : held) {
            least = Math.min(least, one.live().offset);
        }
        return least;
    }

    /**
     * Before which every pair has been counted.
     *
     * @param next the offset behind all that was taken
     */
    long counted(long next) {
        return held.stream().mapToLong(Held::offset).reduce(next, Math::min);
    }

    /** Hits that wait, for other hits or for clocks. */
    int waiting() {
        return hits + held.size();
    }
}
