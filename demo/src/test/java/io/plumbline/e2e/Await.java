package io.plumbline.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits for what another process will do. */
final class Await {
    private static final Duration STEP = Duration.ofMillis(50);

    private Await() {}

    /** The first value that holds, within the time; fails with the last one seen. */
    static <T> T until(String what, Duration within, Callable<T> read, Predicate<T> holds) {
        long deadline = System.nanoTime() + within.toNanos();
        Object last = null;
        while (System.nanoTime() < deadline) {
            try {
                T value = read.call();
                if (holds.test(value)) {
                    return value;
                }
                last = value;
            } catch (Exception e) {
                last = e;
            }
            pause();
        }
        throw new AssertionError(what + " did not come within " + within.toSeconds() + " s; last seen: " + last);
    }

    private static void pause() {
        try {
            Thread.sleep(STEP.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
