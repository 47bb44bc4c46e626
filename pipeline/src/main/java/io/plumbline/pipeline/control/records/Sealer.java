package io.plumbline.pipeline.control.records;

import io.plumbline.config.signing.Seal;
import io.plumbline.config.wire.Topics;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Signs what agents and control planes act on, each record with a sequence above every one that was written or read. The sequence is the
 * clock's, so it grows too where older records are gone.
 *
 * <p>Threads: any.
 */
public final class Sealer {
    private static final Set<String> SIGNED = Set.of(
            Topics.PROBES,
            Topics.REQUESTS,
            Topics.TOKENS,
            Topics.APPROVALS,
            Topics.LEASES,
            Topics.SHARES,
            Topics.AUDIT);

    private final SigningKey key;
    private final Clock clock;
    private final AtomicLong last = new AtomicLong();

    public Sealer(SigningKey key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /** A record with this sequence is there already. */
    public void seen(long sequence) {
        last.accumulateAndGet(sequence, Math::max);
    }

    /** Names the key that signs. */
    public String signer() {
        return key.id();
    }

    /** Empty for a topic whose records are not signed. */
    public Optional<Seal> seal(String topic, String key, String value) {
        if (!SIGNED.contains(topic)) {
            return Optional.empty();
        }
        long sequence = last.updateAndGet(before -> Math.max(before + 1, clock.millis()));
        return Optional.of(this.key.seal(topic, key, sequence, value));
    }
}
