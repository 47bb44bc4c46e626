package io.plumbline.exporters.sentry;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Remembers until when Sentry wants to be left alone, where the outcome of a batch had no room to say so.
 *
 * <p>The bargain: a wait above {@link #MAX} is not believed; Sentry is asked again after that, and says so again.
 *
 * <p>Thread-safe.
 */
final class Hold {

    static final Duration MAX = Duration.ofHours(1);

    private final LongSupplier nanoTime;
    private boolean isHeld;
    private long untilNanos;

    Hold(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void keep(Duration wait) {
        long nanos = (wait.compareTo(MAX) > 0 ? MAX : wait).toNanos();
        if (nanos > left().map(Duration::toNanos).orElse(0L)) {
            isHeld = true;
            untilNanos = nanoTime.getAsLong() + nanos;
        }
    }

    /** How long it still lasts; empty if events may go. */
    synchronized Optional<Duration> left() {
        long left = isHeld ? untilNanos - nanoTime.getAsLong() : 0;
        isHeld = left > 0;
        return isHeld ? Optional.of(Duration.ofNanos(left)) : Optional.empty();
    }
}
