package io.plumbline.config.pairing;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.SpanPair;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The hits of one request, as far as they wait for others. The rules:
 *
 * <ul>
 *   <li>A hit ends a pair with the latest hit of the pair's first point that its own thread had before; where there is none,
 *       with the oldest that waits and is not known to be later. So loops pair each A with its next B, a retry on the same
 *       thread is timed from the last attempt, and parallel branches pair in their order.
 *   <li>A hit begins one span of each pair that starts at its point.
 *   <li>A point to which pairs lead counts only where one of them was ended there: the request came by the point before. So the
 *       condition at the first point decides about the whole request.
 *   <li>Hits may come in any order: one that comes before those it belongs behind waits for them.
 * </ul>
 *
 * <p>Not thread-safe.
 */
public final class Trail {
    private final Action.Span span;

    /** Hits from which spans may still go. */
    private final List<Open> open = new ArrayList<>();

    /** Hits that nothing has led to yet. */
    private final List<Early> early = new ArrayList<>();

    /** A hit, and the pairs that it waits to begin. */
    private static final class Open {
        private final PointHit hit;
        private final List<SpanPair> waiting;
        private final long atNanos;
        private boolean paired;

        Open(PointHit hit, List<SpanPair> waiting, long atNanos) {
            this.hit = hit;
            this.waiting = waiting;
            this.atNanos = atNanos;
        }
    }

    private record Early(PointHit hit, long atNanos) {}

    /**
     * A hit that was waited for in vain.
     *
     * @param hit the one that waited
     * @param missed the points of which none came behind it; empty for a hit that nothing led to
     */
    public record Lost(PointHit hit, Set<String> missed) {}

    public Trail(Action.Span span) {
        this.span = span;
    }

    /**
     * Takes a hit.
     *
     * @param nowNanos when it came here
     * @param pairings told of each pair that it completes
     */
    public void add(PointHit hit, long nowNanos, Consumer<Pairing> pairings) {
        if (!arrive(hit, nowNanos, pairings)) {
            early.add(new Early(hit, nowNanos));
            return;
        }
        // what had come too early may find its place behind the new one, and others behind that
        boolean found = !early.isEmpty();
        while (found) {
            found = false;
            for (Iterator<Early> each = early.iterator(); each.hasNext(); ) {
                Early one = each.next();
                if (arrive(one.hit, one.atNanos, pairings)) {
                    each.remove();
                    found = true;
                    break;
                }
            }
        }
    }

    /** Whether the hit has its place: it begins the request, or ends a pair. */
    private boolean arrive(PointHit hit, long nowNanos, Consumer<Pairing> pairings) {
        boolean placed = isRoot(hit.point());
        for (SpanPair pair : span.pairs()) {
            Open from = pair.to().equals(hit.point()) ? match(pair, hit) : null;
            if (from != null) {
                from.paired = true;
                from.waiting.remove(pair);
                if (from.waiting.isEmpty()) {
                    open.remove(from);
                }
                placed = true;
                pairings.accept(new Pairing(pair, from.hit, hit));
            }
        }
        if (placed) {
            List<SpanPair> next = new ArrayList<>();
            for (SpanPair pair : span.pairs()) {
                if (pair.from().equals(hit.point())) {
                    next.add(pair);
                }
            }
            if (!next.isEmpty()) {
                open.add(new Open(hit, next, nowNanos));
            }
        }
        return placed;
    }

    /** Null when no hit waits for this one. */
    private Open match(SpanPair pair, PointHit hit) {
        Open own = null;
        Open oldest = null;
        for (Open each : open) {
            if (!each.waiting.contains(pair) || each.hit.isAfter(hit)) {
                continue;
            }
            boolean isOwn = each.hit.thread().equals(hit.thread());
            if (isOwn && (own == null || own.hit.isBefore(each.hit))) {
                own = each;
            }
            if (oldest == null || each.hit.isBefore(oldest.hit)) {
                oldest = each;
            }
        }
        return own != null ? own : oldest;
    }

    /** A request begins at its first point, and at every other that no pair leads to. */
    private boolean isRoot(String point) {
        return point.equals(span.points().get(0).name())
                || span.pairs().stream().noneMatch(pair -> pair.to().equals(point));
    }

    /**
     * Lets go of what has waited for too long.
     *
     * @param beforeNanos what came before this moment
     */
    public void expire(long beforeNanos, Consumer<Lost> lost) {
        open.removeIf(each -> {
            boolean isOver = each.atNanos - beforeNanos < 0;
            if (isOver && !each.paired) {
                Set<String> missed = new TreeSet<>();
                each.waiting.forEach(pair -> missed.add(pair.to()));
                lost.accept(new Lost(each.hit, missed));
            }
            return isOver;
        });
        early.removeIf(each -> {
            boolean isOver = each.atNanos - beforeNanos < 0;
            if (isOver) {
                lost.accept(new Lost(each.hit, Set.of()));
            }
            return isOver;
        });
    }

    /** Hits that wait. */
    public int size() {
        return open.size() + early.size();
    }

    public boolean isEmpty() {
        return open.isEmpty() && early.isEmpty();
    }
}
