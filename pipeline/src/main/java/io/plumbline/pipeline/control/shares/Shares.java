package io.plumbline.pipeline.control.shares;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.Definers;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shares that there are, as the topic {@link Topics#SHARES} says. A record that none of our keys signed counts for nothing.
 *
 * <p>The bargain: they are held in memory, so there are {@link #MAX_SHARES} of {@link #MAX_BYTES} in all, and who wants more removes some first.
 *
 * <p>Threads: the reader writes, requests read.
 */
public final class Shares {
    static final int MAX_SHARES = 500;
    static final long MAX_BYTES = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(Shares.class);
    private static final Comparator<Share> NEWEST_FIRST =
            Comparator.comparing(Share::made).reversed().thenComparing(Share::id);

    private final Definers makers;
    private final Object lock = new Object();
    /** By id. Guarded by the lock. */
    private final Map<String, Share> shares = new HashMap<>();

    /** @param makers lets through nothing unsigned */
    public Shares(Definers makers) {
        this.makers = makers;
    }

    /** What to do with the topic's records. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers() {
        return Map.of(Topics.SHARES, this::take);
    }

    /** Newest first. */
    List<Share> all() {
        synchronized (lock) {
            return shares.values().stream().sorted(NEWEST_FIRST).toList();
        }
    }

    Optional<Share> byId(String id) {
        synchronized (lock) {
            return Optional.ofNullable(shares.get(id));
        }
    }

    /** @throws Problem when there is no room for one more */
    void requireRoom(Share share) {
        List<Share> present = all();
        long bytes = present.stream().mapToLong(Shares::bytes).sum() + bytes(share);
        if (present.size() >= MAX_SHARES || bytes > MAX_BYTES) {
            Share oldest = present.get(present.size() - 1);
            throw Problem.conflict("there are " + present.size() + " shares, and " + MAX_SHARES + " of "
                    + (MAX_BYTES >> 20) + " MB in all are kept; remove some that are not needed, the oldest is "
                    + oldest.id() + ": DELETE /api/v1/shares/ID");
        }
    }

    static long bytes(Share share) {
        return share.json().getBytes(UTF_8).length;
    }

    private void take(String id, ConsumerRecord<String, String> kafkaRecord) {
        synchronized (lock) {
            if (!makers.admits(kafkaRecord)) {
                return;
            }
            try {
                if (kafkaRecord.value() == null) {
                    shares.remove(id);
                } else {
                    shares.put(id, Share.parse(kafkaRecord.value()));
                }
            } catch (InvalidInputException | IllegalArgumentException e) {
                LOG.warn("passing over the share '{}', which can't be read: {}", id, e.getMessage());
            }
        }
    }
}
