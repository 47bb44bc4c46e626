package io.plumbline.pipeline.stream;

import java.time.Duration;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/**
 * How long to leave a backend alone: doubles from {@link #FIRST} to {@link #MAX}, less up to half by chance, so that
 * many exporters do not come back at the same moment. What the backend itself asked for is a lower bound.
 *
 * <p>Threads: belongs to one lane.
 */
final class Backoff {
    static final Duration FIRST = Duration.ofMillis(500);
    static final Duration MAX = Duration.ofSeconds(30);

    /** After 401 and 403: nothing will change until a person has done something. */
    static final Duration UNAUTHORIZED = Duration.ofSeconds(30);

    /** A backend that asks for more is not believed. */
    static final Duration MAX_ASKED = Duration.ofHours(1);

    private final DoubleSupplier chance;
    private Duration next = FIRST;

    /** @param chance from 0 to 1, evenly */
    Backoff(DoubleSupplier chance) {
        this.chance = chance;
    }

    Duration next(Optional<Duration> asked) {
        long nanos = (long) (next.toNanos() * (1 - chance.getAsDouble() / 2));
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(MAX) > 0 ? MAX : doubled;
        Duration own = Duration.ofNanos(nanos);
        Duration floor = asked.orElse(Duration.ZERO);
        Duration bounded = floor.compareTo(MAX_ASKED) > 0 ? MAX_ASKED : floor;
        return bounded.compareTo(own) > 0 ? bounded : own;
    }

    void reset() {
        next = FIRST;
    }
}
