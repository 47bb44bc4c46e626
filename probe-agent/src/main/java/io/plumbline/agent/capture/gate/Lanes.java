package io.plumbline.agent.capture.gate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The lanes of a probe, by thread: a hash table whose places are looked up without a lock. A thread that comes for the first
 * time makes its lane; one that finds the table full, or another thread at work on it, goes with the crowd for this hit. Lanes
 * that nobody used for long are folded into the sum, so threads that ended leave nothing behind.
 *
 * <p>{@link #find} and {@link #claim} are called by application threads, everything else by the agent's thread.
 */
final class Lanes {
    static final int MAX_LANES = 1_024;
    private static final int FIRST_LANES = 16;

    /** A thread that was elsewhere for so long gets another lane when it comes back. */
    private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(2);

    /** So long a lane out of the table may have its thread in it. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** How far from its place a lane may stand. */
    private static final int REACH = 8;

    private static final VarHandle AT = MethodHandles.arrayElementVarHandle(ThreadLane[].class);
    private static final VarHandle TABLE;

    static {
        try {
            TABLE = MethodHandles.lookup().findVarHandle(Lanes.class, "table", ThreadLane[].class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final ProbeTap tap;
    private final Meter[] meters;
    private final ThreadLane free;
    private final ThreadLane crowd;
    private final AtomicBoolean busy = new AtomicBoolean();

    /**
     * Replaced by a larger one under {@link #busy}; a thread that sees an old one does not find its lane and claims it. Hits read it
     * plainly, as they read the gate.
     */
    private ThreadLane[] table;

    // the agent's thread only
    private List<Leaving> leaving = new ArrayList<>();
    private final Totals folded = new Totals();
    private final Map<ThreadLane, Idle> idle = new HashMap<>();

    /** A lane out of the table, whose thread may be in it still. */
    private record Leaving(ThreadLane lane, long sinceNanos) {}

    private record Idle(long hits, long sinceNanos) {}

    Lanes(ProbeTap tap, Meter[] meters) {
        this.tap = tap;
        this.meters = meters;
        this.free = new ThreadLane(tap, ThreadLane.NOBODY, new Meter[0]);
        this.crowd = new ThreadLane(tap, ThreadLane.CROWD, meters);
        TABLE.setRelease(this, emptyTable(FIRST_LANES));
    }

    private ThreadLane[] emptyTable(int size) {
        ThreadLane[] empty = new ThreadLane[size];
        Arrays.fill(empty, free);
        return empty;
    }

    /** The lane at the thread's first place: its own, or another's. */
    ThreadLane first(long thread) {
        ThreadLane[] now = table;
        return now[(int) thread & (now.length - 1)];
    }

    private ThreadLane[] latest() {
        return (ThreadLane[]) TABLE.getAcquire(this);
    }

    /** The thread's lane where it stands further on; null when it has none. */
    ThreadLane find(long thread) {
        return find(latest(), thread);
    }

    private static ThreadLane find(ThreadLane[] table, long thread) {
        for (int i = 0; i < REACH; i++) {
            ThreadLane lane = (ThreadLane) AT.getAcquire(table, (int) (thread + i) & (table.length - 1));
            if (lane.owner == thread) {
                return lane;
            }
        }
        return null;
    }

    /** The thread's lane, made if it has none; the crowd's when there is no place. */
    ThreadLane claim(Thread who) {
        long thread = ThreadIds.of(who);
        ThreadLane known = find(thread);
        if (known != null) {
            return known;
        }
        if (!busy.compareAndSet(false, true)) {
            return crowd;
        }
        try {
            ThreadLane lane = new ThreadLane(tap, thread, who, meters);
            ThreadLane[] with = with(lane);
            if (with == null) {
                return crowd;
            }
            TABLE.setRelease(this, with);
            tap.wake();
            return lane;
        } finally {
            busy.set(false);
        }
    }

    /** The table with one more lane, larger where it must be; null when it would become too large. */
    private ThreadLane[] with(ThreadLane lane) {
        ThreadLane[] now = latest();
        if (put(now, lane)) {
            return now;
        }
        for (int size = now.length * 2; size <= MAX_LANES; size *= 2) {
            ThreadLane[] larger = emptyTable(size);
            boolean fits = put(larger, lane);
            for (ThreadLane one : now) {
                fits = fits && (one == free || put(larger, one));
            }
            if (fits) {
                return larger;
            }
        }
        return null;
    }

    private boolean put(ThreadLane[] into, ThreadLane lane) {
        for (int i = 0; i < REACH; i++) {
            int place = (int) (lane.owner + i) & (into.length - 1);
            if (into[place] == free) {
                AT.setRelease(into, place, lane);
                return true;
            }
        }
        return false;
    }

    ThreadLane crowd() {
        return crowd;
    }

    /** The lane of no thread. */
    ThreadLane nobody() {
        return free;
    }

    /** Whether a lane is in use, and not let go of. */
    boolean holds(ThreadLane lane) {
        return find(lane.owner) == lane;
    }

    /** The lanes in use. */
    List<ThreadLane> inUse() {
        List<ThreadLane> lanes = new ArrayList<>();
        ThreadLane[] now = latest();
        for (int i = 0; i < now.length; i++) {
            ThreadLane lane = (ThreadLane) AT.getAcquire(now, i);
            if (lane != free) {
                lanes.add(lane);
            }
        }
        return lanes;
    }

    /** Whether some thread has a lane, or may be in one still. */
    boolean isInUse() {
        if (!leaving.isEmpty()) {
            return true;
        }
        ThreadLane[] now = latest();
        for (int i = 0; i < now.length; i++) {
            if ((ThreadLane) AT.getAcquire(now, i) != free) {
                return true;
            }
        }
        return false;
    }

    /** Sums over all lanes there are and were. */
    Totals totals() {
        Totals totals = new Totals();
        totals.add(folded);
        inUse().forEach(totals::add);
        leaving.forEach(one -> totals.add(one.lane()));
        totals.add(crowd);
        return totals;
    }

    /**
     * Lets go of lanes whose threads are elsewhere, or which wait for the end of too long a gap.
     *
     * @param every one hit in so many is taken
     * @return hits that no weight of a lane that was let go before stood for
     */
    long sweep(long nowNanos, int every) {
        for (ThreadLane lane : inUse()) {
            long hits = lane.hits();
            Idle known = idle.get(lane);
            if (known == null || known.hits() != hits) {
                idle.put(lane, new Idle(hits, nowNanos));
            }
            if (lane.isStuck(every) || (known != null && nowNanos - known.sinceNanos() > IDLE_NANOS)) {
                evict(lane, nowNanos);
                idle.remove(lane);
            }
        }
        return foldLeft(nowNanos - GRACE_NANOS);
    }

    /** Hits that no weight stands for yet, in all lanes; exact while nobody hits. */
    long remainders() {
        long all = 0;
        for (ThreadLane lane : inUse()) {
            all += lane.remainder();
        }
        for (Leaving one : leaving) {
            all += one.lane().remainder();
        }
        return all;
    }

    /** Takes a lane away from its thread, which makes another with its next hit. */
    private void evict(ThreadLane lane, long nowNanos) {
        if (!busy.compareAndSet(false, true)) {
            return;
        }
        try {
            ThreadLane[] now = latest();
            for (int i = 0; i < now.length; i++) {
                if (now[i] == lane) {
                    AT.setVolatile(now, i, free);
                    tap.moveOut(lane);
                    leaving.add(new Leaving(lane, nowNanos));
                }
            }
        } finally {
            busy.set(false);
        }
    }

    /** Folds the lanes that left before a moment; returns the hits that none of their weights stood for. */
    private long foldLeft(long beforeNanos) {
        long orphans = 0;
        List<Leaving> still = new ArrayList<>();
        for (Leaving one : leaving) {
            if (one.sinceNanos() - beforeNanos >= 0) {
                still.add(one);
                continue;
            }
            folded.add(one.lane());
            one.lane().fold(meters);
            orphans += one.lane().remainder();
        }
        leaving = still;
        return orphans;
    }

    /** Sums of lanes. */
    static final class Totals {
        long hits;
        long emitted;
        long skipped;
        long asked;
        long timedNanos;
        long timedHits;

        void add(ThreadLane lane) {
            hits += lane.hits();
            emitted += lane.emitted();
            skipped += lane.skipped();
            asked += lane.asked();
            timedNanos += lane.timedNanos();
            timedHits += lane.timedHits();
        }

        void add(Totals other) {
            hits += other.hits;
            emitted += other.emitted;
            skipped += other.skipped;
            asked += other.asked;
            timedNanos += other.timedNanos;
            timedHits += other.timedHits;
        }
    }
}
