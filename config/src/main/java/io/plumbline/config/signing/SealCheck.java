package io.plumbline.config.signing;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Decides which records are taken: those that a trusted key signed and that are not older than what was taken before.
 *
 * <p>The bargain: what was taken is remembered here and nowhere else. Who starts anew takes the first signed record that it meets of a
 * key, also an old one that somebody wrote again.
 *
 * <p>Threads: one.
 */
public final class SealCheck {
    private final TrustedKeys trusted;
    /** The highest sequence that was taken, by topic and key, or by topic and signer. */
    private final Map<String, Long> highest = new HashMap<>();

    /** Why a record is refused. */
    public enum Refusal {
        /** It has no signature. */
        UNSIGNED,
        /** Its signer is none of the trusted. */
        UNKNOWN_KEY,
        /** The signature does not fit the topic, key, sequence and value. */
        FORGED,
        /** It is older than one that was taken. */
        REPLAYED;

        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public SealCheck(TrustedKeys trusted) {
        this.trusted = trusted;
    }

    /**
     * Takes or refuses a record that says how a key stands. The same one may come again, as when a topic is read anew.
     *
     * @param value null for a tombstone
     * @return empty when it is taken
     */
    public Optional<Refusal> state(String topic, String key, String value, Optional<Seal> seal) {
        return check(topic, key, value, seal)
                .or(() -> settle(topic + "\n" + key, seal.orElseThrow().sequence(), 0));
    }

    /**
     * Takes or refuses a record that is to be acted on once; each signer's come in the order of their sequence.
     *
     * @return empty when it is taken
     */
    public Optional<Refusal> message(String topic, String key, String value, Optional<Seal> seal) {
        return check(topic, key, value, seal)
                .or(() -> settle(
                        topic + "\n\n" + seal.orElseThrow().signer(),
                        seal.orElseThrow().sequence(),
                        1));
    }

    /** Whether a trusted key signed a record; remembers nothing. */
    public boolean isSigned(String topic, String key, String value, Optional<Seal> seal) {
        return check(topic, key, value, seal).isEmpty();
    }

    private Optional<Refusal> check(String topic, String key, String value, Optional<Seal> seal) {
        if (seal.isEmpty()) {
            return Optional.of(Refusal.UNSIGNED);
        }
        if (!trusted.knows(seal.get().signer())) {
            return Optional.of(Refusal.UNKNOWN_KEY);
        }
        byte[] content = Seal.content(topic, key, seal.get().sequence(), value);
        return trusted.isSigned(seal.get(), content) ? Optional.empty() : Optional.of(Refusal.FORGED);
    }

    private Optional<Refusal> settle(String of, long sequence, int more) {
        Long before = highest.get(of);
        if (before != null && sequence < before + more) {
            return Optional.of(Refusal.REPLAYED);
        }
        highest.put(of, sequence);
        return Optional.empty();
    }
}
