package io.plumbline.pipeline.control.letters;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.ReplayedIds;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.http.Problem;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which dead letters were sent again, as the topic says: a bit each.
 *
 * <p>Threads: the reader's writes, requests read, under one lock.
 */
public final class ReplayedLetters {
    private static final Logger LOG = LoggerFactory.getLogger(ReplayedLetters.class);
    private static final int PAGE_BITS = 1 << 16;

    /** Offsets by partition and page. Guarded by this. */
    private final Map<LetterId, BitSet> pages = new HashMap<>();

    /** What to do with the records of the topic. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers() {
        return Map.of(Topics.REPLAYED, this::take);
    }

    public synchronized boolean contains(LetterId id) {
        BitSet page = pages.get(page(id));
        return page != null && page.get((int) (id.offset() % PAGE_BITS));
    }

    private void take(String key, ConsumerRecord<String, String> kafkaRecord) {
        if (kafkaRecord.value() == null) {
            return;
        }
        try {
            ReplayedIds.parse(kafkaRecord.value()).ids().forEach(id -> add(LetterId.parse(id)));
        } catch (InvalidInputException | Problem e) {
            LOG.warn("passing over what was replayed under {}, it can't be read: {}", key, e.getMessage());
        }
    }

    private synchronized void add(LetterId id) {
        pages.computeIfAbsent(page(id), any -> new BitSet(PAGE_BITS)).set((int) (id.offset() % PAGE_BITS));
    }

    private static LetterId page(LetterId id) {
        return new LetterId(id.partition(), id.offset() / PAGE_BITS);
    }
}
