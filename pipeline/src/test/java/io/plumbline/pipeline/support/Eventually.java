package io.plumbline.pipeline.support;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for what happens on other threads, no longer than it takes. */
public final class Eventually {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long STEP_MILLIS = 10;

    private Eventually() {}

    /** Asks until the answer fits. */
    public static <T> T get(Supplier<T> ask, Predicate<T> fits) {
        long deadlineNanos = System.nanoTime() + LIMIT.toNanos();
        while (true) {
            T answer = ask.get();
            if (fits.test(answer)) {
                return answer;
            }
            if (System.nanoTime() > deadlineNanos) {
                throw new AssertionError("after " + LIMIT.toSeconds() + " s still: " + answer);
            }
            step();
        }
    }

    public static void isTrue(Supplier<Boolean> ask) {
        get(ask, Boolean::booleanValue);
    }

    private static void step() {
        try {
            Thread.sleep(STEP_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
