package io.plumbline.agent.capture.gate;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The gates that something happens at, of all that are in use: those that were hit within some seconds, or have not got over it yet. Only
 * these have turns, and only at these it is looked whether a limit is reached; a gate that nobody comes by costs nothing. The first
 * hit of a thread wakes its gate.
 *
 * <p>Threads: application threads wake, without a lock and without allocating; the control thread says which gates are in use and looks who is
 * awake; turns are the send thread's.
 */
public final class AwakeTaps {
    private final Set<ProbeTap> used = ConcurrentHashMap.newKeySet();
    private final Set<ProbeTap> awake = ConcurrentHashMap.newKeySet();

    /** Those woken and not yet noticed: a chain through the gates themselves. */
    private final AtomicReference<ProbeTap> woken = new AtomicReference<>();

    /** Those that fell asleep and have not been looked at since. */
    private final Set<ProbeTap> dozed = ConcurrentHashMap.newKeySet();

    // the send thread only
    private long turnAtNanos = System.nanoTime();
    private long secondAtNanos = turnAtNanos;
    private Map<Double, Integer> resting = Map.of();
    private Set<ProbeTap> restingBeside = Set.of();

    AwakeTaps() {}

    /**
     * A gate is in use from now on. What each may have depends on how many there are, so all are woken.
     *
     * @param before the gate in whose place it is; null when there is none
     */
    public void use(ProbeTap tap, ProbeTap before) {
        boolean isMore = before == null;
        if (!isMore) {
            drop(before);
        }
        used.add(tap);
        tap.setAwake(true);
        awake.add(tap);
        if (isMore) {
            used.forEach(ProbeTap::wake);
        }
    }

    /** A gate is in use no longer. */
    public void forget(ProbeTap tap) {
        drop(tap);
        used.forEach(ProbeTap::wake);
    }

    private void drop(ProbeTap tap) {
        used.remove(tap);
        awake.remove(tap);
    }

    /** Called once for each time that a gate wakes. */
    void add(ProbeTap tap) {
        ProbeTap next;
        do {
            next = woken.get();
            tap.nextWoken = next;
        } while (!woken.compareAndSet(next, tap));
    }

    /** Those that something may have happened at since this was asked last. The control thread's. */
    public Set<ProbeTap> sinceLastLook() {
        Set<ProbeTap> since = new HashSet<>(now());
        for (ProbeTap tap : dozed) {
            since.add(tap);
            dozed.remove(tap);
        }
        return since;
    }

    /** Those that are awake. Any thread of the agent's. */
    public Collection<ProbeTap> now() {
        notice();
        return awake;
    }

    private synchronized void notice() {
        ProbeTap next = woken.get() == null ? null : woken.getAndSet(null);
        while (next != null) {
            ProbeTap tap = next;
            next = tap.nextWoken;
            tap.nextWoken = null;
            if (used.contains(tap)) {
                awake.add(tap);
            }
        }
    }

    /** A new second begins for those awake; the others have all that they may have. */
    public void second(long nowNanos) {
        for (ProbeTap tap : now()) {
            tap.resumeSecond(secondAtNanos);
            tap.second(nowNanos);
        }
        secondAtNanos = nowNanos;
    }

    /** A new turn begins for those awake. */
    public void turn(ProcessBudget process, long nowNanos) {
        List<ProbeTap> taps = List.copyOf(now());
        taps.forEach(tap -> tap.resumeTurn(turnAtNanos));
        process.turn(taps, taps.isEmpty() ? resting : resting(taps), nowNanos - turnAtNanos);
        turnAtNanos = nowNanos;
        for (ProbeTap tap : taps) {
            tap.turn(nowNanos);
            if (tap.isAtRest(nowNanos)) {
                fallAsleep(tap, nowNanos);
            }
        }
    }

    /**
     * A thread that comes by in this very moment either is seen here, or finds the flag taken back; then it is noticed after this, as
     * noticing waits for the same lock.
     */
    private synchronized void fallAsleep(ProbeTap tap, long nowNanos) {
        tap.setAwake(false);
        if (tap.isAtRest(nowNanos)) {
            dozed.add(tap);
            awake.remove(tap);
        } else {
            tap.wake();
        }
    }

    /** How many of those asleep ask for which share: it is the least that they may ask for. */
    private Map<Double, Integer> resting(List<ProbeTap> taps) {
        Set<ProbeTap> beside = Set.copyOf(taps);
        if (!beside.equals(restingBeside) || beside.size() + count(resting) != used.size()) {
            restingBeside = beside;
            Map<Double, Integer> counts = new HashMap<>();
            for (ProbeTap tap : used) {
                if (!beside.contains(tap)) {
                    counts.merge(tap.leastDemand(), 1, Integer::sum);
                }
            }
            resting = counts;
        }
        return resting;
    }

    private static int count(Map<Double, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
