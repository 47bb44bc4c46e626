package io.plumbline.agent.capture.gate;

import io.plumbline.agent.bridge.Lane;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * One thread's lane through the gate of a probe. A hit counts {@link #left} down and is done; at zero it is due: then what the
 * hits since have cost is charged to the budget, this hit is timed, and the next gap is chosen. Between two due hits either
 * all are taken or none.
 *
 * <p>The number of hits is {@code base - left}, so that a hit writes one number. The gap in sampling mode is random between 1
 * and {@code 2n - 1}, and the weight of the hit at its end is the gap's length: so the weights add up to the hits, and a
 * pattern in the program can't fall into step with the sampling.
 *
 * <p>Written by its thread; the agent's thread reads the numbers, each perhaps a moment old.
 */
public final class ThreadLane extends Lane {
    /** The owner of an unused place. */
    static final long NOBODY = -1;

    /** The owner of the lane for threads that found no place. Each of its hits stands for itself. */
    static final long CROWD = -2;

    /** Hits between two that are timed, at most; where a hit takes long, each is. */
    private static final int MAX_SPACING = 64;

    private static final int MAX_UNTIMED_SPACING = 512;
    static final long TIME_EACH_FROM_NANOS = 1_000;

    private static final int FIRST_HITS = 16;

    private static final int TIMED = 1;
    private static final int BOOSTED = 2;

    private static final VarHandle LEFT;
    private static final VarHandle BASE;
    private static final VarHandle EMITTED;
    private static final VarHandle SKIPPED;
    private static final VarHandle ASKED;
    private static final VarHandle TIMED_NANOS;
    private static final VarHandle TIMED_HITS;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            LEFT = lookup.findVarHandle(ThreadLane.class, "left", long.class);
            BASE = lookup.findVarHandle(ThreadLane.class, "base", long.class);
            EMITTED = lookup.findVarHandle(ThreadLane.class, "emitted", long.class);
            SKIPPED = lookup.findVarHandle(ThreadLane.class, "skipped", long.class);
            ASKED = lookup.findVarHandle(ThreadLane.class, "asked", long.class);
            TIMED_NANOS = lookup.findVarHandle(ThreadLane.class, "timedNanos", long.class);
            TIMED_HITS = lookup.findVarHandle(ThreadLane.class, "timedHits", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    // What is written here shares no cache line with what stands before it: often another thread's lane, whose last
    // fields that thread reads with every hit. HotSpot keeps fields of one size in the order of their declaration.
    @SuppressWarnings("unused")
    private long before1, before2, before3, before4, before5, before6, before7, before8;

    private final ProbeTap tap;
    final long owner;

    /** Whose it is; null where {@link #owner} is nobody's or the crowd's. A lane is let go of soon after its thread has gone. */
    final Thread thread;

    private final LaneSum[] sums;
    private final LaneHistogram[] histograms;

    /** Weights of records that could not be left, by action; the next record takes them along. */
    private final long[] carried;

    /** Values of the hit, by action, if it is to leave examples; else none is a number. */
    private final double[] examples;

    private long left;
    private long base;
    private long emitted;
    private long skipped;
    private long asked;
    private long timedNanos;
    private long timedHits;

    /** Whether there is nothing to do for a hit that is not due but to count it. */
    private boolean countsOnly;

    /** Whether each hit stands for itself. */
    private boolean takesAll;

    private long gap;
    private long spacing = 1;
    private long weight = 1;

    /** The weight of hits that found no credit after their condition. */
    private long held;

    private long boost;
    private long meanNanos;

    /** Hits that were counted and not charged yet. */
    private long owedHits;

    /** What those of them took that were taken. */
    private long owedNanos;

    private final HitTimer timer = new HitTimer();

    /** Hits since one was timed, in sampling mode. */
    private long sinceTimed;

    /** The last hit that was due was taken and not timed; it is charged with the next one. */
    private boolean unpaid;

    private long random;

    /** What {@link #settle} has to look after: {@link #TIMED}, {@link #BOOSTED}. */
    private int unusual;

    // another thread's object behind this one in memory
    @SuppressWarnings("unused")
    private long after1, after2, after3, after4, after5, after6, after7, after8;

    /** One that belongs to no thread: {@link #NOBODY}'s or the {@link #CROWD}'s. */
    ThreadLane(ProbeTap tap, long owner, Meter[] meters) {
        this(tap, owner, null, meters);
    }

    ThreadLane(ProbeTap tap, long owner, Thread thread, Meter[] meters) {
        this.tap = tap;
        this.owner = owner;
        this.thread = thread;
        this.sums = new LaneSum[meters.length];
        this.histograms = new LaneHistogram[meters.length];
        this.carried = new long[meters.length];
        this.examples = new double[meters.length];
        Arrays.fill(examples, Double.NaN);
        this.random = (owner + 2) * 0x9E3779B97F4A7C15L | 1;
        if (owner >= 0) {
            for (int i = 0; i < meters.length; i++) {
                sums[i] = meters[i].part() == Meter.Part.SUM ? meters[i].newSum() : null;
                histograms[i] = meters[i].part() == Meter.Part.HISTOGRAM ? meters[i].newHistogram() : null;
            }
        }
        int every = tap.every();
        if (owner == CROWD) {
            left = Long.MAX_VALUE; // never due: it belongs to no thread
            base = left;
        } else if (every > 1) {
            choose(every);
            left = gap;
            base = gap;
        }
    }

    /** A hit comes by: null when nothing is to be done for it. */
    Lane next() {
        long now = left - 1;
        left = now;
        return now > 0 && countsOnly ? null : this;
    }

    @Override
    public boolean isDue() {
        return left <= 0;
    }

    @Override
    public void begin() {
        long hits = base - left;
        boolean all = takesAll;
        owedHits += gap;
        owedNanos += ((all ? gap - 1 : 0) + (unpaid ? 1 : 0)) * meanNanos;
        sinceTimed += gap;
        weight = all || gap == 0 ? 1 : gap;
        if (!all && gap > 1) {
            SKIPPED.setOpaque(this, skipped + gap - 1);
        }
        int every = tap.every();
        if (every > 1) {
            choose(every);
        } else {
            takesAll = true;
            countsOnly = !tap.isTimed();
            spacing = meanNanos >= TIME_EACH_FROM_NANOS ? 1 : Math.min(spacing * 2, maxSpacing());
            gap = spacing;
        }
        // the reader takes the base first: it may see too few hits for a moment, never too many
        LEFT.setOpaque(this, gap);
        BASE.setRelease(this, hits + gap);
        start(every == 1);
        if ((unusual & TIMED) == 0) {
            pay(0);
        }
    }

    /** Charges what hits cost that were not charged yet. All threads draw on the same credit, so it is done once for many. */
    private void pay(long moreNanos) {
        tap.charge(owedHits, owedNanos + moreNanos);
        owedHits = 0;
        owedNanos = 0;
    }

    private int maxSpacing() {
        return tap.isTimed() ? MAX_SPACING : MAX_UNTIMED_SPACING;
    }

    private void choose(int every) {
        random ^= random << 13;
        random ^= random >>> 7;
        random ^= random << 17;
        takesAll = false;
        countsOnly = true;
        spacing = 1;
        gap = 1 + Long.remainderUnsigned(random, 2L * every - 1);
    }

    /**
     * @param all whether every hit is taken; then those that are due are timed, as the others are not
     */
    private void start(boolean all) {
        long orphans = tap.takeOrphans();
        if (orphans > 0) {
            boost(orphans);
        }
        unpaid = tap.isTimed()
                && !all
                && sinceTimed < MAX_SPACING
                && timedHits >= FIRST_HITS
                && meanNanos < TIME_EACH_FROM_NANOS;
        if (unpaid) {
            return;
        }
        sinceTimed = 0;
        if (tap.isTimed()) {
            unusual |= TIMED;
            timer.start(timedHits < FIRST_HITS, meanNanos);
        } else {
            tap.exampleOfHits();
        }
    }

    private void boost(long more) {
        boost += more;
        unusual |= BOOSTED;
    }

    @Override
    public long weight() {
        return weight + boost;
    }

    @Override
    public void add(int action, long value) {
        LaneSum sum = sums[action];
        if (sum == null || value < 0) {
            share(action, (double) value, value < 0);
            return;
        }
        sum.add(value * weight());
        if (unusual != 0) {
            examples[action] = value;
        }
    }

    @Override
    public void add(int action, double value) {
        LaneSum sum = sums[action];
        boolean fits = value >= 0 && value <= Double.MAX_VALUE;
        if (sum == null || !fits) {
            share(action, value, !fits);
            return;
        }
        sum.add(value * weight());
        if (unusual != 0) {
            examples[action] = value;
        }
    }

    @Override
    public void observe(int action, double value) {
        LaneHistogram histogram = histograms[action];
        boolean fits = Math.abs(value) <= Double.MAX_VALUE;
        if (histogram == null || !fits) {
            share(action, value, !fits);
            return;
        }
        histogram.add(value, weight());
        if (unusual != 0) {
            examples[action] = value;
        }
    }

    private void share(int action, double value, boolean refused) {
        if (refused) {
            tap.meter(action).refuse(value);
        } else {
            tap.meter(action).addShared(value, weight());
        }
    }

    @Override
    public void pass() {
        if (isUnsettled()) {
            settle();
        }
    }

    @Override
    public void leave(boolean hasEmitted) {
        if (hasEmitted) {
            EMITTED.setOpaque(this, emitted + 1);
        } else {
            tap.refund();
        }
    }

    @Override
    public boolean isUnsettled() {
        return unusual != 0;
    }

    @Override
    public void settle() {
        for (int i = 0; i < examples.length; i++) {
            if (!Double.isNaN(examples[i])) {
                tap.meter(i).example(examples[i]);
            }
        }
        if ((unusual & TIMED) != 0) {
            long elapsed = timer.elapsed(meanNanos);
            TIMED_NANOS.setOpaque(this, timedNanos + elapsed);
            TIMED_HITS.setOpaque(this, timedHits + 1);
            meanNanos += (elapsed - meanNanos) / (timedHits < 8 ? 2 : 8);
            long whole = elapsed + 2 * CpuClock.readingNanos();
            if (timedHits <= FIRST_HITS) {
                tap.chargeFirst(whole);
                pay(0);
            } else {
                pay(whole);
            }
        }
        forget();
    }

    /** The hit ended in the middle. */
    void forget() {
        unusual = 0;
        boost = 0;
        Arrays.fill(examples, Double.NaN);
    }

    /** The hit asks for so much credit as it stands for. */
    public void ask() {
        ASKED.setOpaque(this, asked + weight());
    }

    /** There was no credit: a later hit stands for this one too. */
    void hold() {
        if (owner == CROWD) {
            tap.orphan(weight());
        } else {
            held += weight();
        }
        pass();
    }

    /** There was credit, also for those that found none before. */
    void release() {
        if (held > 0) {
            boost(held);
            held = 0;
        }
    }

    /** The weight of a record of an action, with those before it that could not be left. */
    public long take(int action) {
        long all = weight() + carried[action];
        carried[action] = 0;
        return all;
    }

    /** The record could not be left. */
    public void carry(int action, long weightOfRecord) {
        if (owner == CROWD) {
            tap.orphan(weightOfRecord);
        } else {
            carried[action] += weightOfRecord;
        }
    }

    // read by the agent's thread

    long hits() {
        long hits = (long) BASE.getAcquire(this);
        return Math.max(0, hits - (long) LEFT.getOpaque(this));
    }

    long emitted() {
        return (long) EMITTED.getOpaque(this);
    }

    long skipped() {
        return (long) SKIPPED.getOpaque(this);
    }

    long asked() {
        return (long) ASKED.getOpaque(this);
    }

    long timedNanos() {
        return (long) TIMED_NANOS.getOpaque(this);
    }

    long timedHits() {
        return (long) TIMED_HITS.getOpaque(this);
    }

    /** Hits that no weight stands for yet. Exact once the thread has left the lane. */
    long remainder() {
        long open = !takesAll && gap > 0 ? gap - Math.max(0, (long) LEFT.getOpaque(this)) : 0;
        return open + held;
    }

    /** Whether the gap goes on for longer than sampling at this rate would have chosen. */
    boolean isStuck(int every) {
        return !takesAll && (long) LEFT.getOpaque(this) > 4L * every;
    }

    void fold(Meter[] meters) {
        for (int i = 0; i < meters.length; i++) {
            if (sums[i] != null) {
                meters[i].fold(sums[i]);
            }
            if (histograms[i] != null) {
                meters[i].fold(histograms[i]);
            }
        }
    }
}
