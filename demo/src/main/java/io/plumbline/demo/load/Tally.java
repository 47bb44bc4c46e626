package io.plumbline.demo.load;

import java.time.Duration;
import java.util.Locale;

/** Counts orders. Written by the pacer and the HTTP client's threads, read by whoever prints it. */
final class Tally {
    private static final long SLOW_NANOS = Duration.ofMillis(100).toNanos();

    private long sent;
    private long accepted;
    private long failed;
    private long slow;

    synchronized void sent() {
        sent++;
    }

    synchronized void accepted(long nanos) {
        accepted++;
        slow += nanos > SLOW_NANOS ? 1 : 0;
        notifyAll();
    }

    synchronized void failed() {
        failed++;
        notifyAll();
    }

    /** Waits until every order that was sent has ended, or the time is over. */
    synchronized void awaitEnds(Duration timeout) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        while (accepted + failed < sent) {
            long leftMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                return;
            }
            wait(leftMillis);
        }
    }

    synchronized String summary() {
        return String.format(
                Locale.ROOT,
                "%d orders sent, %d accepted, %d failed, %d (%.1f %%) took more than %d ms",
                sent,
                accepted,
                failed,
                slow,
                sent == 0 ? 0.0 : 100.0 * slow / sent,
                SLOW_NANOS / 1_000_000);
    }
}
