package io.plumbline.benchmarks;

import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * A program that does nothing but run through a line, about ten million times a second on one thread. Nine tenths of the time it
 * is {@link #probed}, the rest its twin that no probe knows, in slices so short that what else the machine does meets both.
 *
 * <p>The work of a pass is a call that the JIT may not inline, so that both twins run the very same code in it: inlined, one of two
 * copies of a loop was up to six per cent slower than the other by where it happened to lie in memory.
 */
final class SurgeLoop implements Runnable {
    /** Where the probes sit. */
    static final int LINE = 167;

    /** The method that is not to be inlined, as HotSpot's {@code CompileCommand} wants it. */
    static final String WORK = "io.plumbline.benchmarks.SurgeLoop::hash";

    /** The property that makes each pass need the result of the one before. */
    static final String CHAINED_PROPERTY = "plumbline.surge.chained";

    private static final boolean CHAINED = Boolean.getBoolean(CHAINED_PROPERTY);

    private static final int BLOCK = 1_024;
    private static final int PROBED_BLOCKS = 432;
    private static final int FREE_BLOCKS = 48;
    private static final int TRIAL_BLOCKS = 1_000;

    /** A pass has another order than the one before, as in a program; else the JIT does the line's work once for all. */
    private static final int ORDERS = 64;

    /** Slices that are remembered: some minutes. */
    private static final int SLICES = 1 << 13;

    private static final LongAdder BY_HAND = new LongAdder();

    private final Order[] orders =
            IntStream.range(0, ORDERS).mapToObj(Order::number).toArray(Order[]::new);

    /** How much work a pass is. */
    private final int work;

    /** By how much a pass of the probed slice took longer than one of the free slice behind it. */
    private final double[] slower = new double[SLICES];

    /** Set by whoever measures. */
    private volatile SurgeCase.Line line = SurgeCase.Line.PROBED;

    private volatile boolean paused;
    private volatile boolean stopped;

    /** Set by the loop. */
    private volatile boolean isPausing;

    private volatile long passes;
    private volatile int slices;
    private volatile long sink;

    SurgeLoop(int work) {
        this.work = work;
    }

    @Override
    public void run() {
        long done = 0;
        long value = 0;
        while (!stopped) {
            SurgeCase.Line now = line;
            long start = System.nanoTime();
            for (int i = 0; i < PROBED_BLOCKS; i++) {
                value += block(now, done);
                done += BLOCK;
            }
            passes = done;
            long middle = System.nanoTime();
            for (int i = 0; i < FREE_BLOCKS; i++) {
                value += freeBlock(i);
            }
            double free = (double) (System.nanoTime() - middle) / FREE_BLOCKS;
            slower[slices & (SLICES - 1)] = (middle - start) / (PROBED_BLOCKS * free) - 1;
            slices++;
            while (paused) {
                isPausing = true;
                LockSupport.parkNanos(10_000);
            }
            isPausing = false;
        }
        sink = value;
    }

    /** What the twin manages, by a run of its own. */
    double passesPerSecond() {
        long before = System.nanoTime();
        for (int i = 0; i < TRIAL_BLOCKS; i++) {
            sink += freeBlock(i);
        }
        return 1e9 * TRIAL_BLOCKS * BLOCK / (System.nanoTime() - before);
    }

    private long block(SurgeCase.Line now, long from) {
        switch (now) {
            case IF_BY_HAND:
                return ifBlock(from);
            case COUNT_BY_HAND:
                return countBlock(from);
            default:
                return probedBlock(from);
        }
    }

    // the same block four times: each has to be compiled for itself

    private long probedBlock(long from) {
        long value = 0;
        for (int i = 0; i < BLOCK; i++) {
            value += probed(orders[i & ORDERS - 1], CHAINED ? value : from + i, work);
        }
        return value;
    }

    private long freeBlock(long from) {
        long value = 0;
        for (int i = 0; i < BLOCK; i++) {
            value += free(orders[i & ORDERS - 1], CHAINED ? value : from + i, work);
        }
        return value;
    }

    private long ifBlock(long from) {
        long value = 0;
        for (int i = 0; i < BLOCK; i++) {
            value += ifByHand(orders[i & ORDERS - 1], CHAINED ? value : from + i, work);
        }
        return value;
    }

    private long countBlock(long from) {
        long value = 0;
        for (int i = 0; i < BLOCK; i++) {
            value += countByHand(orders[i & ORDERS - 1], CHAINED ? value : from + i, work);
        }
        return value;
    }

    private static long ifByHand(Order order, long number, int rounds) {
        long hash = hash(number, rounds);
        double total = order.price() * order.quantity();
        if (total < 0) {
            BY_HAND.increment();
        }
        return hash + (long) total;
    }

    private static long countByHand(Order order, long number, int rounds) {
        long hash = hash(number, rounds);
        double total = order.price() * order.quantity();
        BY_HAND.increment();
        return hash + (long) total;
    }

    /** A pass: a hash of so many rounds. */
    static long probed(Order order, long number, int rounds) {
        long hash = hash(number, rounds);
        double total = order.price() * order.quantity();
        return hash + (long) total;
    }

    /** The same without a probe. */
    static long free(Order order, long number, int rounds) {
        long hash = hash(number, rounds);
        double total = order.price() * order.quantity();
        return hash + (long) total;
    }

    private static long hash(long number, int rounds) {
        long hash = number;
        for (int i = 0; i < rounds; i++) {
            hash = hash * 31 + (hash >>> 7) + i;
        }
        return hash;
    }

    /** What the next slices have at the line. */
    void run(SurgeCase.Line now) {
        line = now;
    }

    /** Probed passes that were begun and ended; exact while the loop pauses. */
    long passes() {
        return passes;
    }

    /** Slices so far. */
    int slices() {
        return slices;
    }

    /** By how much the probed slices from one on were slower, each for itself. */
    double[] slowerSince(int slice) {
        int count = Math.min(slices - slice, SLICES);
        double[] found = new double[count];
        for (int i = 0; i < count; i++) {
            found[i] = slower[(slice + i) & (SLICES - 1)];
        }
        return found;
    }

    /** Returns once the loop stands still. */
    void pause() {
        paused = true;
        while (!isPausing) {
            LockSupport.parkNanos(10_000);
        }
    }

    void resume() {
        paused = false;
    }

    /** Ends the loop. */
    void stop() {
        stopped = true;
        paused = false;
    }

    /** Keeps the work from being optimised away. */
    long sink() {
        return sink + BY_HAND.sum();
    }
}
