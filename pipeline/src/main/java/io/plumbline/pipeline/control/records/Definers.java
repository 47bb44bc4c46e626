package io.plumbline.pipeline.control.records;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.signing.Seal;
import io.plumbline.config.signing.SealCheck;
import io.plumbline.config.signing.SealCheck.Refusal;
import io.plumbline.config.signing.TrustedKeys;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who wrote the records of a compacted topic, of definitions or of tokens. What a trusted key signed is never replaced by what none did: such a record is passed
 * over, told, and the signed one is written again as it was, so that agents that start later find it. Of two control planes that sign in the same moment the
 * second may stand first in the topic; the first is then late. It is passed over too, but is nobody's attack and not told.
 *
 * <p>The bargain: what nobody ever signed is a definition all the same, for agents without a pinned key run it; it is no token. A record of a key that is not
 * trusted here is passed over and left where it is: another control plane may have written it, and two would never end.
 *
 * <p>Threads: the reader's; {@link #begin} belongs to who starts.
 */
public final class Definers {
    private static final Logger LOG = LoggerFactory.getLogger(Definers.class);

    /** Sequences of each key, so many as control planes could write in a moment. */
    private static final int REMEMBERED = 64;

    private static final long QUIET_NANOS = 2_000_000_000L;

    private final String topic;
    private final SealCheck check;
    private final Sealer sealer;
    private final Redress redress;
    private final boolean takesUnsigned;
    /** The last signed record, by key; one without a value was a removal. */
    private final Map<String, Signed> signed = new HashMap<>();

    /** Keys whose last record came late, and when it did. Who wrote it is about to write again; if not, it is mended. */
    private final Map<String, Long> outrun = new HashMap<>();

    /** Keys whose last record is not the signed one. */
    private final Set<String> overwritten = new TreeSet<>();

    private boolean live;

    /** @param sequences the latest that were taken, in their order */
    private record Signed(String value, Seal seal, TreeSet<Long> sequences) {
        Signed next(String nextValue, Seal nextSeal) {
            sequences.add(nextSeal.sequence());
            if (sequences.size() > REMEMBERED) {
                sequences.pollFirst();
            }
            return new Signed(nextValue, nextSeal, sequences);
        }

        /** Whether a record was never read before though newer ones were; one that was is a copy. */
        boolean isOutrun(long sequence) {
            return sequence > sequences.first() && !sequences.contains(sequence);
        }
    }

    /** What is done about a record that is not taken; without waiting. */
    public interface Redress {
        /** Writes a record as it was. */
        void again(String topic, String key, String value, Seal seal);

        /** Tells of it. */
        void foreign(String topic, String key, long offset, Refusal refusal);
    }

    /**
     * @param trusted whose records count, our own key's among them
     * @param takesUnsigned whether what nobody ever signed is taken
     */
    public Definers(String topic, TrustedKeys trusted, Sealer sealer, Redress redress, boolean takesUnsigned) {
        this.takesUnsigned = takesUnsigned;
        this.topic = topic;
        this.check = new SealCheck(trusted);
        this.sealer = sealer;
        this.redress = redress;
    }

    /** Whether a record is to be taken. */
    public synchronized boolean admits(ConsumerRecord<String, String> kafkaRecord) {
        String key = kafkaRecord.key();
        Optional<Seal> seal = seal(kafkaRecord);
        Optional<Refusal> refusal = check.state(kafkaRecord.topic(), key, kafkaRecord.value(), seal);
        if (refusal.isEmpty()) {
            sealer.seen(seal.orElseThrow().sequence());
            Signed last = signed.getOrDefault(key, new Signed(null, null, new TreeSet<>()));
            signed.put(key, last.next(kafkaRecord.value(), seal.orElseThrow()));
            overwritten.remove(key);
            outrun.remove(key);
            return true;
        }
        Signed before = signed.get(key);
        if (before != null
                && refusal.get() == Refusal.REPLAYED
                && before.isOutrun(seal.orElseThrow().sequence())) {
            outrun.put(key, System.nanoTime());
            return false;
        }
        redress.foreign(kafkaRecord.topic(), key, kafkaRecord.offset(), refusal.get());
        if (before == null && takesUnsigned) {
            return true;
        }
        LOG.warn(
                "passing over a record of {} for '{}' at offset {}, which the control plane did not write: {}",
                kafkaRecord.topic(),
                key,
                kafkaRecord.offset(),
                refusal.get().word());
        if (before != null && refusal.get() != Refusal.UNKNOWN_KEY) {
            overwritten.add(key);
        }
        return false;
    }

    /** What was there has been read: what is still overwritten is mended, and from now on with {@link #settle}. */
    public synchronized void begin() {
        live = true;
        settle();
    }

    /**
     * Mends what is overwritten, once and not for each record that did it: several control planes do so at once, and each record that one
     * of them writes too late would make the others write.
     */
    public synchronized void settle() {
        if (live) {
            long nanos = System.nanoTime();
            outrun.entrySet().removeIf(each -> nanos - each.getValue() > QUIET_NANOS && overwritten.add(each.getKey()));
            overwritten.forEach(key -> redress.again(
                    topic, key, signed.get(key).value(), signed.get(key).seal()));
            overwritten.clear();
        }
    }

    /** Whether a trusted key signed what is said of a key. */
    public synchronized boolean isSigned(String key) {
        return signed.containsKey(key);
    }

    /** Whether our own key signed what is said of a key. */
    public synchronized boolean isOurs(String key) {
        Signed last = signed.get(key);
        return last != null && last.seal().signer().equals(sealer.signer());
    }

    public static Optional<Seal> seal(ConsumerRecord<String, String> kafkaRecord) {
        return Seal.of(name -> {
            Header header = kafkaRecord.headers().lastHeader(name);
            return header == null || header.value() == null ? null : new String(header.value(), UTF_8);
        });
    }
}
