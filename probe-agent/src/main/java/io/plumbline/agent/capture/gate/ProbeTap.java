package io.plumbline.agent.capture.gate;

import io.plumbline.agent.bridge.Lane;
import io.plumbline.agent.bridge.Tap;
import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Limits;
import io.plumbline.config.probe.Limits.OverBudget;
import io.plumbline.config.probe.Percent;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.wire.ProbeCost;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongUnaryOperator;

/**
 * The gate of one version of a probe: it counts hits, and lets so many through as the probe's budget allows.
 *
 * <p>Taken hits draw on a credit of time that grows each turn (about ten a second), to that of some seconds at most. As it runs low,
 * only one hit in n is taken and carries the weight of those before it; when it is gone, because counting alone costs more, the
 * gate shuts until there is some again, and what came by meanwhile is reckoned from the rate while it was open. Records have a credit for each second besides.
 *
 * <p>Called by application threads; {@link #turn}, {@link #second} and the numbers by the agent's.
 */
public final class ProbeTap extends Tap {
    /** What a hit costs that is counted and not taken, measured by the benchmarks; in picoseconds. */
    static final long FLOOR_PICOS = 800;

    /** Until a hit was timed it is held to take so long. */
    private static final double GUESSED_NANOS = 300;

    private static final VarHandle OPEN;
    private static final VarHandle RESIDENT;

    static {
        try {
            OPEN = MethodHandles.lookup().findVarHandle(ProbeTap.class, "open", boolean.class);
            RESIDENT = MethodHandles.lookup().findVarHandle(ProbeTap.class, "resident", ThreadLane.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final LongUnaryOperator LAST_BUT_NONE = left -> Math.max(0, left - 1);

    private static final int MAX_MESSAGE = 300;
    private static final long SLOW_WINDOW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int SLOW_CAPTURES = 5;
    private static final double IDLE_DEMAND = 0.05;

    /** From one turn to the next, about. */
    private static final double TURN_NANOS = 1e8;

    private final Probe probe;
    private final Redaction redaction;
    private final ProcessBudget process;
    private final Meter[] meters;
    private final boolean timed;
    private final boolean capped;
    private final boolean limited;
    private final boolean samples;

    /** Whether it is a point of a span: whole requests are sampled then, and no lane leaves a hit out. */
    private final boolean samplesRequests;

    private final double ownShare;

    /** Records that may be left in a second, whoever caps them; infinite for a probe that leaves none. */
    private final double recordsPerSecond;

    private final Lanes lanes;
    private final Pace pace;
    private final LoneLong credit;
    private final TimeCredit time = new TimeCredit();
    private final LoneLong hitsLeft;
    private final Orphans orphans;
    private final LongAdder crowdHits = new LongAdder();
    private final Losses losses = new Losses();
    private final Rest rest;
    private final LongAdder sentBytes = new LongAdder();

    /**
     * What a hit asks first. Shut by whichever thread finds nothing left, opened by the agent's. Hits read it plainly: a volatile
     * read is a barrier for the JIT, which then loads all that the application's loop reads anew in each round.
     */
    private boolean open = true;

    /**
     * The lane of a thread that was here when nobody's stood here: where one thread alone comes by, it need not look for its lane. While the
     * gate is shut it is {@link Lanes#nobody}, so the thread that finds its lane here need not ask about the gate either.
     * Read plainly, as the gate.
     */
    private ThreadLane resident;

    private volatile boolean closed;

    /** One hit in so many is taken. Raised by application threads in a surge, chosen by the agent's each turn. */
    private volatile int every = 1;

    /** Since when the gate is shut for want of credit; 0 if it is not. */
    private volatile long shutAtNanos;

    /** Why the gate was closed from inside; null while it was not. */
    private volatile String suspension;

    /** The last thing that an expression threw, as a sentence. */
    private volatile String lastError = "";

    /** The next in the chain of those that were woken; of {@link AwakeTaps}. */
    ProbeTap nextWoken;

    // guarded by this
    private final Unseen unseen = new Unseen();
    private double granted;
    private double saved;
    private long turnAtNanos;
    private long hitsAtTurn;
    private Lanes.Totals before = new Lanes.Totals();
    private long slowBefore;
    private long slowWindowAtNanos;
    private long secondAtNanos;
    private long bytesBefore;
    private double bytesPerSecond;
    private int fullTurns;

    /**
     * @param meters for each action, in order
     * @param recordsPerSecond cap on records where the probe has none of its own; 0 if it leaves none
     * @param process what all probes share
     */
    public ProbeTap(Probe probe, Redaction redaction, List<Meter> meters, int recordsPerSecond, ProcessBudget process) {
        CpuClock.start();
        this.probe = probe;
        this.redaction = redaction;
        this.process = process;
        this.meters = meters.toArray(new Meter[0]);
        this.timed = meters.stream().anyMatch(meter -> meter.part() != Meter.Part.HITS);
        this.pace = new Pace(FLOOR_PICOS / 1_000.0, timed ? GUESSED_NANOS : 0);
        Limits limits = probe.limits();
        this.capped = limits.perSecond() != Limits.UNSET;
        this.limited = limits.hits() > 0;
        this.samples = limits.overBudget() == OverBudget.SAMPLE;
        this.samplesRequests = probe.actions().get(0) instanceof Action.Point;
        this.ownShare = process.budgets().share(limits);
        this.granted = Math.min(ownShare, process.budgets().processShare());
        this.saved = granted;
        this.hitsLeft = new LoneLong(limits.hits());
        this.recordsPerSecond = capped
                ? process.budgets().perSecond(limits)
                : recordsPerSecond > 0 ? recordsPerSecond : Double.POSITIVE_INFINITY;
        this.credit = new LoneLong(capped ? (long) this.recordsPerSecond : 0);
        this.turnAtNanos = System.nanoTime();
        this.secondAtNanos = turnAtNanos;
        this.slowWindowAtNanos = turnAtNanos;
        this.rest = new Rest(turnAtNanos);
        this.orphans = new Orphans(this.meters, probe.condition().isPresent(), capped);
        this.lanes = new Lanes(this, this.meters);
        this.resident = lanes.nobody();
        time.refill(saved, granted, TimeCredit.FULL_NANOS);
    }

    /**
     * To be called before the first hit.
     *
     * @param opener opens a class's package to the agent
     */
    public static void openThreadsWith(Consumer<Class<?>> opener) {
        ThreadIds.openWith(opener);
    }

    @Override
    public boolean isOpen() {
        // where hits are counted, each gap ends in a call, behind which the JIT has to read again; a loop that finds
        // the gate shut has no such call, so the second look makes sure that it sees the gate open again
        return open || (boolean) OPEN.getOpaque(this);
    }

    private void open(boolean now) {
        OPEN.setVolatile(this, now);
        if (!now) {
            RESIDENT.setVolatile(this, lanes.nobody());
        }
    }

    @Override
    public Lane enter() {
        Thread thread = ThreadIds.thread();
        ThreadLane lane = resident;
        if (lane.thread == thread) {
            return lane.next();
        }
        return isOpen() ? lookUp(thread, lane) : null;
    }

    private Lane lookUp(Thread thread, ThreadLane known) {
        ThreadLane lane = lanes.first(ThreadIds.of(thread));
        if (lane.thread != thread) {
            return elsewhere(thread);
        }
        if (known.thread == null) {
            moveIn(lane);
        }
        return lane.next();
    }

    /** A lane may be where it need not be looked for, as long as the gate is open and the lane its thread's. */
    void moveIn(ThreadLane lane) {
        boolean isIn = RESIDENT.compareAndSet(this, lanes.nobody(), lane);
        // whoever shuts the gate or lets go of a lane does that first and looks here then
        if (isIn && !((boolean) OPEN.getVolatile(this) && lanes.holds(lane))) {
            moveOut(lane);
        }
    }

    void moveOut(ThreadLane lane) {
        RESIDENT.compareAndSet(this, lane, lanes.nobody());
    }

    private Lane elsewhere(Thread thread) {
        if (Thread.currentThread() instanceof UnprobedThread) {
            return null;
        }
        ThreadLane lane = lanes.claim(thread);
        if (lane != lanes.crowd()) {
            return lane.next();
        }
        crowdHits.increment();
        wake();
        int now = every();
        if (now > 1 && ThreadLocalRandom.current().nextInt(now) != 0) {
            orphan(1);
            return null;
        }
        return lane;
    }

    @Override
    public boolean hasLimits() {
        return capped || limited;
    }

    @Override
    public boolean countsHits(int action) {
        return meters[action].part() == Meter.Part.HITS;
    }

    @Override
    public boolean isInLane(int action) {
        Meter.Part part = meters[action].part();
        return part == Meter.Part.SUM || part == Meter.Part.HISTOGRAM;
    }

    @Override
    public boolean admit(Lane of) {
        ThreadLane lane = (ThreadLane) of;
        if (capped) {
            lane.ask();
            if (credit.getPlain() <= 0 || credit.getAndDecrement() <= 0 || !process.takeRecord()) {
                losses.overRate.increment();
                lane.hold();
                return false;
            }
            lane.release();
        }
        if (limited) {
            long left = hitsLeft.getAndUpdate(LAST_BUT_NONE);
            if (left <= 1) {
                open(false);
                if (hitsLeft.get() > 0) {
                    reopen(); // a hit that emitted nothing was given back meanwhile, and had opened the gate before it
                    // shut
                }
            }
            if (left == 0) {
                lane.pass();
                return false;
            }
        }
        return true;
    }

    /** The hit emitted nothing after all, so it must not count against the hit limit. */
    void refund() {
        if (limited && hitsLeft.getAndIncrement() == 0) {
            reopen();
        }
    }

    private void reopen() {
        open(!closed && !isExhausted());
    }

    @Override
    public void conditionIsNull() {
        losses.nullConditions.increment();
    }

    @Override
    public void failed(Throwable failure) {
        losses.errors.increment();
        ThreadLane lane = lanes.find(ThreadIds.current());
        if (lane != null) {
            lane.forget();
        }
        if (failure instanceof RuntimeException
                || failure instanceof StackOverflowError
                || failure instanceof OutOfMemoryError) {
            // the stack or the heap that is used up is the application's
            lastError = sentence(failure);
        } else {
            suspend("stopped by an error in the probe's own code: " + sentence(failure));
        }
        stir();
    }

    private void suspend(String reason) {
        closed = true;
        open(false);
        if (suspension == null) {
            suspension = reason;
        }
    }

    private void stir() {
        rest.stir();
        wake();
    }

    /** Something happens: from now on the gate has turns, see {@link Rest#wake}. */
    void wake() {
        if (rest.wake()) {
            process.taps().add(this);
        }
    }

    void setAwake(boolean now) {
        rest.setAwake(now);
    }

    /** A failure in words. */
    public static String sentence(Throwable failure) {
        // getMessage of a JDK exception only: any other class could run application code
        boolean isJdk = failure.getClass().getClassLoader() == null;
        String text = failure.getClass().getName()
                + (isJdk && failure.getMessage() != null ? ": " + failure.getMessage() : "");
        return text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) + "…" : text;
    }

    // what a lane asks

    /** One hit in so many is taken by a lane. */
    int every() {
        return samplesRequests ? 1 : every;
    }

    /** One request in so many is taken, where it is a point of a span: a power of two. */
    public int everyRequest() {
        int now = every;
        return now <= 1 ? 1 : Integer.highestOneBit(now - 1) << 1;
    }

    boolean isTimed() {
        return timed;
    }

    Meter meter(int action) {
        return meters[action];
    }

    /** What a hit is to stand for besides, see {@link Orphans}. */
    long takeOrphans() {
        return orphans.take();
    }

    void orphan(long hits) {
        orphans.add(hits);
    }

    void exampleOfHits() {
        for (Meter meter : meters) {
            meter.example(1);
        }
    }

    /**
     * Draws on the credit of time.
     *
     * @param hits that were counted
     * @param nanos that taken hits took
     */
    void charge(long hits, long nanos) {
        long picos = hits * FLOOR_PICOS + nanos * 1_000;
        long left = time.draw(picos);
        long full = time.full();
        if (left < 0 || !process.charge(picos, full - left)) {
            shut();
        } else if (left < full / 2 && timed && samples) {
            press(left, full);
        }
    }

    /** Charges for one of a thread's first hits what the allowance for these leaves. */
    void chargeFirst(long nanos) {
        charge(0, time.beyondWarmUp(nanos));
    }

    /** Nothing is left. */
    private void shut() {
        if (open) {
            shutAtNanos = System.nanoTime();
            open(false);
        }
    }

    /** The less is left, the fewer hits are taken. */
    private void press(long left, long whole) {
        int wanted = left > whole / 3 ? 2 : left > whole / 4 ? 16 : left > whole / 8 ? 128 : 1_024;
        if (every < wanted) {
            every = wanted;
        }
    }

    // the agent's threads

    /** What the probe would use of one core if it took every hit, but no more than it may. */
    synchronized double demand() {
        return Math.min(ownShare, Math.max(pace.fullShare() / Pace.AIM, leastDemand()));
    }

    /** What it asks for when nothing comes by. */
    double leastDemand() {
        return IDLE_DEMAND * ownShare;
    }

    /**
     * The share of one core that the probe has for the next turns.
     *
     * @param equal what it would have if all had the same; what it saves up is at least that of a while of it
     */
    synchronized void grant(double share, double equal) {
        granted = share;
        saved = Math.max(share, Math.min(ownShare, equal));
    }

    /** A new turn begins: the credit of time is full again, and n is chosen from what the last turn cost. */
    public synchronized void turn(long nowNanos) {
        double seconds = Math.max(1, nowNanos - turnAtNanos) / 1e9;
        Lanes.Totals now = lanes.totals();
        long counted = now.hits + crowdHits.sum();
        long shut = shutAtNanos;
        long openNanos = (shut == 0 ? nowNanos : Math.max(shut, turnAtNanos)) - turnAtNanos;
        double missed =
                unseen.turn(openNanos, shut == 0 ? 0 : nowNanos - turnAtNanos - openNanos, counted - hitsAtTurn);
        if (timed && missed >= 1) {
            orphan(Math.round(missed));
        }
        pace.turn(
                seconds,
                counted - hitsAtTurn + missed,
                now.asked - before.asked,
                now.timedNanos - before.timedNanos,
                now.timedHits - before.timedHits);
        choose();
        orphans.add(lanes.sweep(nowNanos, every()));
        if (!lanes.isInUse()) {
            orphans.standIn(now); // nobody is about who would stand for them
        }
        watchCaptures(nowNanos);
        hitsAtTurn = counted;
        before = now;
        turnAtNanos = nowNanos;
        if (time.refill(saved, granted, (long) (seconds * 1e9))) {
            shutAtNanos = 0;
            reopen();
        }
        rest.turn(nowNanos, crowdHits.sum(), isMoving());
    }

    /** The hits of this version are over: what no weight stands for yet goes to the last example. The control thread's. */
    public synchronized void end() {
        close();
        orphans.end(lanes.remainders(), lanes.totals());
    }

    /** Makes up for the turns that it slept through. */
    synchronized void resumeTurn(long lastTurnNanos) {
        long gone = Math.round((lastTurnNanos - turnAtNanos) / TURN_NANOS);
        if (gone > 0) {
            pace.rest(gone);
            turnAtNanos = lastTurnNanos;
        }
    }

    /** Makes up for the seconds that it slept through. */
    synchronized void resumeSecond(long lastSecondNanos) {
        if (lastSecondNanos - secondAtNanos > 0) {
            second(lastSecondNanos);
        }
    }

    /** Whether nothing has happened here for a while, and nothing would in a turn: it has all the credit that it may have. */
    synchronized boolean isAtRest(long nowNanos) {
        return !rest.isStirred(crowdHits.sum()) && !isMoving() && rest.isOver(nowNanos);
    }

    private boolean isMoving() {
        return shutAtNanos != 0
                || every > 1
                || fullTurns > 0
                || lanes.isInUse()
                || !time.isFull()
                || pace.fullShare() / Pace.AIM > leastDemand();
    }

    private void choose() {
        int next = pace.next(every, time.isShort() || every > 1 ? granted : Double.POSITIVE_INFINITY, recordsPerSecond);
        if (samples) {
            every = timed && shutAtNanos != 0 ? Math.max(2, next) : next;
            return;
        }
        fullTurns = next > 1 || shutAtNanos != 0 ? fullTurns + 1 : 0;
        if (fullTurns > 1) {
            suspend(overBudget());
        }
    }

    private String overBudget() {
        return "it would have used " + Percent.format(Math.ceil(pace.fullShare() * 10_000) / 100) + " of a core where "
                + Percent.format(Math.ceil(granted * 10_000) / 100)
                + " is allowed, or left more than its records a second, and its limits say 'over-budget: disable'; "
                + "narrow its condition, raise limits.cpu or limits.per-second, or let it sample";
    }

    private void watchCaptures(long nowNanos) {
        if (losses.slowCaptures.sum() - slowBefore >= SLOW_CAPTURES) {
            suspend("its captures were cut for taking longer than their time " + SLOW_CAPTURES
                    + " times within ten seconds; capture less, or raise the capture's 'millis'");
        }
        if (nowNanos - slowWindowAtNanos > SLOW_WINDOW_NANOS) {
            slowWindowAtNanos = nowNanos;
            slowBefore = losses.slowCaptures.sum();
        }
    }

    /** A new second begins. */
    public synchronized void second(long nowNanos) {
        if (capped) {
            credit.set((long) recordsPerSecond);
        }
        long bytes = sentBytes.sum();
        double seconds = Math.max(1, nowNanos - secondAtNanos) / 1e9;
        bytesPerSecond += ((bytes - bytesBefore) / seconds - bytesPerSecond) * (1 - Math.pow(0.5, seconds));
        bytesBefore = bytes;
        secondAtNanos = nowNanos;
    }

    /** A capture was cut because its time was over. */
    public void slowCapture() {
        losses.slowCaptures.increment();
    }

    /** So many bytes of this probe's signals went out. */
    public void sent(long bytes) {
        sentBytes.add(bytes);
    }

    /** Whether the probe has a cap of its own on records. */
    public boolean isCapped() {
        return capped;
    }

    /** So many secrets were taken out of the texts of a hit. */
    public void redacted(int secrets) {
        losses.redacted.add(secrets);
        stir();
    }

    /** No hit gets through any more. */
    public void close() {
        closed = true;
        open(false);
    }

    public boolean isClosed() {
        return closed;
    }

    public Probe probe() {
        return probe;
    }

    /** All hits, those that were reckoned too. */
    public synchronized double hits() {
        return lanes.totals().hits + crowdHits.sum() + unseen.total();
    }

    /** Hits that emitted. */
    public synchronized long emitted() {
        return timed ? lanes.totals().emitted : (long) hits();
    }

    /** What the probe costs, as of now. */
    public synchronized ProbeCost cost() {
        Lanes.Totals totals = lanes.totals();
        long hits = (long) (totals.hits + crowdHits.sum() + unseen.total());
        return new ProbeCost(
                hits,
                totals.skipped + (timed ? (long) unseen.total() : 0),
                samplesRequests ? everyRequest() : Math.max(1, Math.round((timed ? every : 1) * unseen.scale())),
                (long) unseen.total(),
                timed ? totals.timedHits == 0 ? 0 : pace.hitNanos() : FLOOR_PICOS / 1_000.0,
                pace.share(timed ? every : 1),
                bytesPerSecond);
    }

    /** Whether the hit limit has been reached. */
    public boolean isExhausted() {
        return limited && hitsLeft.get() <= 0;
    }

    /** Why the probe stopped itself; null if it did not. */
    public String suspension() {
        String reason = suspension;
        return reason == null ? null : redaction.clean(reason);
    }

    /** What an expression threw last; empty if none did. */
    public String lastError() {
        return redaction.clean(lastError);
    }

    /** Losses by cause; causes without a loss are left out. */
    public Map<String, Long> dropped() {
        return losses.byCause();
    }

    @Override
    public String toString() {
        return "the gate of " + probe.id() + " with " + Arrays.toString(meters);
    }
}
