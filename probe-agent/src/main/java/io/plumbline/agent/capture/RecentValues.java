package io.plumbline.agent.capture;

import io.plumbline.agent.capture.beside.OwnSeries;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * The last values of a histogram, for who wants each of them: a bounded queue from application threads to one of the agent's, whose
 * every place carries the turn it is in. A value that finds no place is counted. Writers take no lock and allocate nothing.
 */
final class RecentValues {
    private static final int PLACES = 4_096;

    private final AtomicLongArray turns = new AtomicLongArray(PLACES);
    private final double[] values = new double[PLACES];
    private final long[] weights = new long[PLACES];
    private final AtomicLong tail = new AtomicLong();
    private final LongAdder lost = new LongAdder();

    // the reader only
    private long head;
    private long lostBefore;

    RecentValues() {
        for (int i = 0; i < PLACES; i++) {
            turns.setPlain(i, i);
        }
    }

    void add(double value, long weight) {
        while (true) {
            long position = tail.get();
            int place = (int) (position & (PLACES - 1));
            long turn = turns.getAcquire(place) - position;
            if (turn == 0 && tail.compareAndSet(position, position + 1)) {
                values[place] = value;
                weights[place] = weight;
                turns.setRelease(place, position + 1);
                return;
            }
            if (turn < 0) {
                lost.add(weight);
                return;
            }
        }
    }

    /** Hands over what is there; returns how many values were lost since the last call. */
    long take(OwnSeries.Values out) {
        while (true) {
            int place = (int) (head & (PLACES - 1));
            if (turns.getAcquire(place) != head + 1) {
                break;
            }
            double value = values[place];
            long weight = weights[place];
            turns.setRelease(place, head + PLACES);
            head++;
            out.accept(value, weight);
        }
        long all = lost.sum();
        long now = all - lostBefore;
        lostBefore = all;
        return now;
    }
}
