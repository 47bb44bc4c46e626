package io.plumbline.benchmarks;

import java.util.concurrent.locks.LockSupport;

/**
 * A program that does nothing but run through a line, about ten million times a second on one thread. Nine tenths of the time it
 * is {@link #probed}, the rest its twin that no probe knows, in slices so short that what else the machine does meets both.
 */
final class SurgeLoop implements Runnable {
    /** Where the probes sit. */
    static final int LINE = 91;

    private static final int BLOCK = 1_024;
    private static final int PROBED_BLOCKS = 432;
    private static final int FREE_BLOCKS = 48;

    /** Slices that are remembered: some minutes. */
    private static final int SLICES = 1 << 13;

    private final Order order = Order.number(7);

    /** How much work a pass is. */
    private final int work;

    /** By how much a pass of the probed slice took longer than one of the free slice behind it. */
    private final double[] slower = new double[SLICES];

    /** Set by whoever measures. */
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
            long start = System.nanoTime();
            for (int i = 0; i < PROBED_BLOCKS; i++) {
                value += probedBlock(done);
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

    private long probedBlock(long from) {
        long value = 0;
        for (int i = 0; i < BLOCK; i++) {
            value += probed(order, from + i, work);
        }
        return value;
    }

    private long freeBlock(long from) {
        long value = 0;
        for (int i = 0; i < BLOCK; i++) {
            value += free(order, from + i, work);
        }
        return value;
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
        return sink;
    }
}
