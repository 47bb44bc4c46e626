package io.plumbline.agent.weave;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts what happens to woven classes, so that what was read from them holds until the next thing happens. Thread-safe:
 * counted after the change, read before looking.
 */
final class Revision {
    private final AtomicLong number = new AtomicLong();

    void changed() {
        number.incrementAndGet();
    }

    long now() {
        return number.get();
    }
}
