package io.plumbline.pipeline.control.shares;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.Definers;
import io.plumbline.pipeline.control.records.SignedRecords;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

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

    private static final Comparator<Share> NEWEST_FIRST =
            Comparator.comparing(Share::made).reversed().thenComparing(Share::id);

    private final SignedRecords<Share> records;

    /** @param makers lets through nothing unsigned */
    public Shares(Definers makers) {
        this.records = new SignedRecords<>(Topics.SHARES, "share", makers, Share::parse);
    }

    /** What to do with the topic's records. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers() {
        return records.handlers();
    }

    /** Newest first. */
    List<Share> all() {
        return records.all().stream().sorted(NEWEST_FIRST).toList();
    }

    Optional<Share> byId(String id) {
        return records.byId(id);
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
}
