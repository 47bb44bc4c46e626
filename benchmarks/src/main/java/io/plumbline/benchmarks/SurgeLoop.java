package io.plumbline.benchmarks;

import java.util.concurrent.locks.LockSupport;

/** A program that does nothing but run through a line, about ten million times a second on one thread. */
final class SurgeLoop implements Runnable {
    /** Where the probes sit. */
    static final int LINE = 58;

    private static final int BLOCK = 1_024;

    private final Order order = Order.number(7);

    /** How much work a pass is. */
    private final int work;

    /** Set by whoever measures. */
    private volatile boolean paused;

    private volatile boolean stopped;

    /** Set by the loop. */
    private volatile boolean isPausing;

    private volatile long passes;
    private volatile long sink;

    SurgeLoop(int work) {
        this.work = work;
    }

    @Override
    public void run() {
        long done = 0;
        long value = 0;
        while (!stopped) {
            for (int i = 0; i < BLOCK; i++) {
                value += step(order, done + i, work);
            }
            done += BLOCK;
            passes = done;
            while (paused) {
                isPausing = true;
                LockSupport.parkNanos(10_000);
            }
            isPausing = false;
        }
        sink = value;
    }

    /** A pass: a hash of so many rounds. */
    static long step(Order order, long number, int rounds) {
        long hash = number;
        for (int i = 0; i < rounds; i++) {
            hash = hash * 31 + (hash >>> 7) + i;
        }
        double total = order.price() * order.quantity();
        return hash + (long) total;
    }

    /** Passes that were begun and ended. */
    long passes() {
        return passes;
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
