package io.plumbline.exporters.webhook;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** How time passes; tests put a clock of their own in its place. */
interface Waiting {

    Waiting SYSTEM = new Waiting() {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
            return latch.await(nanos, TimeUnit.NANOSECONDS);
        }
    };

    /** As {@link System#nanoTime} counts. */
    long nanoTime();

    /** Whether the latch came down within the time. */
    boolean await(CountDownLatch latch, long nanos) throws InterruptedException;
}
