package io.plumbline.exporters.webhook;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Keeps an interval from the answer to one message to the beginning of the next, whatever the answer was.
 *
 * <p>Threads: the host's thread waits and reports; {@link #close} from any thread ends the wait.
 */
final class Pace implements AutoCloseable {
    private final long intervalNanos;
    private final Waiting waiting;
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean isAnySent;
    private long sentNanos;

    Pace(Duration interval, Waiting waiting) {
        this.intervalNanos = interval.toNanos();
        this.waiting = waiting;
    }

    /** Returns when a message may go, at once if none went in the interval before; false if closed. */
    boolean awaitTurn() throws InterruptedException {
        for (long left = left(); left > 0; left = left()) {
            if (waiting.await(closed, left)) {
                return false;
            }
        }
        return closed.getCount() > 0;
    }

    /** A message has just gone. */
    void sent() {
        isAnySent = true;
        sentNanos = waiting.nanoTime();
    }

    @Override
    public void close() {
        closed.countDown();
    }

    private long left() {
        return isAnySent ? intervalNanos - (waiting.nanoTime() - sentNanos) : 0;
    }
}
