package io.plumbline.agent.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.signing.Seal;
import io.plumbline.config.signing.SealCheck;
import io.plumbline.config.signing.SealCheck.Refusal;
import io.plumbline.config.signing.TrustedKeys;
import io.plumbline.config.wire.Topics;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * Lets those definitions and requests through that a pinned key signed, and counts and tells the rest. Without a pinned key it lets
 * everything through.
 *
 * <p>Threads: the control thread's; {@link #refused} may come from any.
 */
final class Vetting {
    private final boolean asked;
    private final SealCheck check;
    private final Consumer<String> log;

    /** Immutable maps, by cause. Set by the control thread, read by reports. */
    private final AtomicReference<Map<String, Long>> refused = new AtomicReference<>(Map.of());

    /** The next record of definitions that was not met before; what is read again is no news. */
    private long nextOffset;

    Vetting(TrustedKeys trusted, Consumer<String> log) {
        this.asked = !trusted.isEmpty();
        this.check = new SealCheck(trusted);
        this.log = log;
    }

    /** Whether there is a pinned key. */
    boolean isAsked() {
        return asked;
    }

    /** The topic of definitions is another than before; sequences still grow. */
    void startAgain() {
        nextOffset = 0;
    }

    /** Whether to act on a record. Claims are written by agents and are not signed. */
    boolean admits(ConsumerRecord<String, String> kafkaRecord) {
        if (!asked || kafkaRecord.topic().equals(Topics.CLAIMS)) {
            return true;
        }
        boolean isDefinition = kafkaRecord.topic().equals(Topics.PROBES);
        boolean isNew = !isDefinition || kafkaRecord.offset() >= nextOffset;
        if (isDefinition && isNew) {
            nextOffset = kafkaRecord.offset() + 1;
        }
        Optional<Refusal> refusal = refusal(kafkaRecord, isDefinition);
        if (refusal.isPresent() && isNew) {
            count(refusal.get(), kafkaRecord);
        }
        return refusal.isEmpty();
    }

    /** Records that were refused since the start, by cause. */
    Map<String, Long> refused() {
        return refused.get();
    }

    private Optional<Refusal> refusal(ConsumerRecord<String, String> kafkaRecord, boolean isDefinition) {
        Optional<Seal> seal = Seal.of(name -> {
            Header header = kafkaRecord.headers().lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
        });
        String key = String.valueOf(kafkaRecord.key());
        return isDefinition
                ? check.state(kafkaRecord.topic(), key, kafkaRecord.value(), seal)
                : check.message(kafkaRecord.topic(), key, kafkaRecord.value(), seal);
    }

    /** Told at the first, the tenth, the hundredth of a cause, for who writes to Kafka could fill the log. */
    private void count(Refusal refusal, ConsumerRecord<String, String> kafkaRecord) {
        Map<String, Long> counts = new TreeMap<>(refused.get());
        long count = counts.merge(refusal.word(), 1L, Long::sum);
        refused.set(Map.copyOf(counts));
        if (Long.toString(count).matches("10*")) {
            log.accept("refused a record of " + kafkaRecord.topic() + " for '" + kafkaRecord.key() + "' at offset "
                    + kafkaRecord.offset() + ": " + words(refusal) + " (number " + count
                    + "); see plumbline.trusted-keys");
        }
    }

    private static String words(Refusal refusal) {
        return switch (refusal) {
            case UNSIGNED -> "it is not signed";
            case UNKNOWN_KEY -> "it is signed with a key that is not trusted here";
            case FORGED -> "its signature does not fit what it says";
            case REPLAYED -> "it is older than what was taken before";
        };
    }
}
