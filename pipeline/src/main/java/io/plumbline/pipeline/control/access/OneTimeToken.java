package io.plumbline.pipeline.control.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A secret that is printed when a control plane starts and opens it once: for a browser, or for another user of the machine. Kept nowhere but
 * in memory.
 *
 * <p>Threads: any; of two that come with it one succeeds.
 */
public final class OneTimeToken {
    /** How long it is good. */
    public static final Duration LIFE = Duration.ofMinutes(10);

    private final Clock clock;
    private final Instant expires;
    private final String secret = Token.secret();
    /** Null once it was used. */
    private final AtomicReference<String> hash = new AtomicReference<>(Token.hash(secret));

    public OneTimeToken(Clock clock) {
        this.clock = clock;
        this.expires = clock.instant().plus(LIFE);
    }

    /** For the one place that prints it. */
    public String secret() {
        return secret;
    }

    /** Whether this is it; if so, it is used up. */
    public boolean use(String given) {
        String expected = hash.get();
        return expected != null
                && clock.instant().isBefore(expires)
                && Token.isSame(expected, Token.hash(given))
                && hash.compareAndSet(expected, null);
    }
}
