package io.plumbline.pipeline.pairing;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * By how much one clock is ahead of another, in nanoseconds, by the calls between their hosts. A client's span begins (T1) before the
 * server's (T2) and ends (T4) after the server's began, whatever threads wait for: so the server's clock is ahead by no more than
 * {@code T2 - T1} and no less than {@code T2 - T4}. Of each limit the closest one heard counts, and loosens with its age by {@link #DRIFT}.
 *
 * <p>The server's span ends (T3) about when the answer leaves, but it may be later than T4, and by much where its thread waits for a core.
 * So of {@code T3 - T4} of the last eight calls the lower quartile is a limit too, less {@link #LATE_NANOS}. Within all limits the best
 * guess is {@code ((T2 - T1) + (T3 - T4)) / 2} of the call that was the shortest time on the way, {@code (T4 - T1) - (T3 - T2)} (RFC 5905,
 * section 8).
 *
 * <p>Not thread-safe.
 */
final class Apart {
    /** RFC 5905's PHI: how fast a clock may go wrong. */
    private static final double DRIFT = 15e-6;

    /** In one call of four at least the server's span ends no later than this after the client's. */
    static final long LATE_NANOS = 1_000_000;

    private static final int CALLS = 8;
    private static final int FEWEST = 4;

    private double least = Double.NEGATIVE_INFINITY;
    private double most = Double.POSITIVE_INFINITY;
    private double guess;
    /** By how much the guess is off at worst, did the server's span end when the answer leaves. */
    private double guessError = Double.POSITIVE_INFINITY;
    /** When these four were right. */
    private long atNanos;

    /** Calls to the clock that is measured, and calls from it. */
    private final Deque<End> there = new ArrayDeque<>();

    private final Deque<End> back = new ArrayDeque<>();

    /**
     * A call, by its limits for how far the server's clock is ahead of the client's.
     *
     * @param most {@code T2 - T1}
     * @param least {@code T2 - T4}
     * @param end {@code T3 - T4}
     * @param off by how much the times of both sides together may be off
     */
    record Call(long most, long least, long end, long off) {
        long way() {
            return most - end;
        }

        double middle() {
            return (most + end) / 2.0;
        }
    }

    private record End(double limit, long atNanos) {
        double limit(long nowNanos) {
            return limit - drift(atNanos, nowNanos);
        }
    }

    /** @param isThere whether the call's server has the clock that is measured, by the client's; else it is the other way round */
    void add(Call call, boolean isThere, long nowNanos) {
        age(nowNanos);
        double callMost = call.most() + call.off();
        double callLeast = call.least() - call.off();
        narrow(isThere ? callLeast : -callMost, isThere ? callMost : -callLeast);
        Deque<End> ends = isThere ? there : back;
        ends.addLast(new End(call.end() - call.off() - LATE_NANOS, nowNanos));
        if (ends.size() > CALLS) {
            ends.removeFirst();
        }
        double error = call.way() / 2.0 + call.off();
        if (call.way() >= 0 && error <= guessError) {
            guess = isThere ? call.middle() : -call.middle();
            guessError = error;
        }
    }

    /** Where two calls exclude each other a clock was set in between, and the later one is right. */
    private void narrow(double callLeast, double callMost) {
        if (callLeast > most || callMost < least) {
            least = callLeast;
            most = callMost;
            guess = (callLeast + callMost) / 2;
            guessError = Double.POSITIVE_INFINITY;
            there.clear();
            back.clear();
        } else {
            least = Math.max(least, callLeast);
            most = Math.min(most, callMost);
        }
    }

    private void age(long nowNanos) {
        double drift = drift(atNanos, nowNanos);
        least -= drift;
        most += drift;
        guessError += drift;
        atNanos = Math.max(atNanos, nowNanos);
    }

    private static double drift(long atNanos, long nowNanos) {
        return DRIFT * Math.max(0, nowNanos - atNanos);
    }

    /**
     * What is known now.
     *
     * @param nanos the best guess
     * @param boundNanos by how much it may be off, either way
     */
    record Estimate(double nanos, double boundNanos) {
        Estimate reversed() {
            return new Estimate(-nanos, boundNanos);
        }
    }

    /** To be asked after the first call. */
    Estimate at(long nowNanos) {
        age(nowNanos);
        double low = Math.max(least, lowerQuartile(there, nowNanos));
        double high = Math.min(most, -lowerQuartile(back, nowNanos));
        if (low > high) { // the servers' spans end too late to say anything
            low = least;
            high = most;
        }
        double best = Math.max(low, Math.min(high, guess));
        return new Estimate(best, Math.max(high - best, best - low));
    }

    private static double lowerQuartile(Deque<End> ends, long nowNanos) {
        if (ends.size() < FEWEST) {
            return Double.NEGATIVE_INFINITY;
        }
        double[] limits =
                ends.stream().mapToDouble(end -> end.limit(nowNanos)).sorted().toArray();
        return limits[limits.length / 4 - 1];
    }
}
