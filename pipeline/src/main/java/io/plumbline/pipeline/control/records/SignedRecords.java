package io.plumbline.pipeline.control.records;

import io.plumbline.config.text.InvalidInputException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a compacted topic of the control plane's own says, by id. A record that none of our keys signed counts for nothing, one that can't
 * be read is passed over, one without a value takes what was there away.
 *
 * <p>Threads: the reader writes, any may read.
 */
public final class SignedRecords<T> {
    private static final Logger LOG = LoggerFactory.getLogger(SignedRecords.class);

    private final String topic;
    private final String noun;
    private final Definers makers;
    private final Function<String, T> parser;
    private final Object lock = new Object();
    /** By id. Guarded by the lock. */
    private final Map<String, T> present = new HashMap<>();

    /**
     * @param noun what one is called in a log
     * @param makers lets through nothing unsigned
     * @param parser throws {@link InvalidInputException} or {@link IllegalArgumentException} at what can't be read
     */
    public SignedRecords(String topic, String noun, Definers makers, Function<String, T> parser) {
        this.topic = topic;
        this.noun = noun;
        this.makers = makers;
        this.parser = parser;
    }

    /** What to do with the topic's records. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers() {
        return Map.of(topic, this::take);
    }

    /** In no order. */
    public List<T> all() {
        synchronized (lock) {
            return List.copyOf(present.values());
        }
    }

    public Optional<T> byId(String id) {
        synchronized (lock) {
            return Optional.ofNullable(present.get(id));
        }
    }

    private void take(String id, ConsumerRecord<String, String> kafkaRecord) {
        synchronized (lock) {
            if (!makers.admits(kafkaRecord)) {
                return;
            }
            try {
                if (kafkaRecord.value() == null) {
                    present.remove(id);
                } else {
                    present.put(id, parser.apply(kafkaRecord.value()));
                }
            } catch (InvalidInputException | IllegalArgumentException e) {
                LOG.warn("passing over the {} '{}', which can't be read: {}", noun, id, e.getMessage());
            }
        }
    }
}
