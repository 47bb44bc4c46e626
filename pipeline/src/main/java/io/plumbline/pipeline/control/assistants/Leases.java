package io.plumbline.pipeline.control.assistants;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.records.Definers;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases that there are, as the topic {@link Topics#LEASES} says. A record that none of our keys signed counts for nothing: who may
 * write to Kafka owns no probe by it.
 *
 * <p>Threads: the reader writes, requests and {@code control-leases} read.
 */
public final class Leases {
    private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

    private final Definers makers;
    private final Object lock = new Object();
    /** By id. Guarded by the lock. */
    private final Map<String, Lease> leases = new TreeMap<>();

    /** @param makers lets through nothing unsigned */
    public Leases(Definers makers) {
        this.makers = makers;
    }

    /** What to do with the topic's records. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers() {
        return Map.of(Topics.LEASES, this::take);
    }

    List<Lease> all() {
        synchronized (lock) {
            return List.copyOf(leases.values());
        }
    }

    List<Lease> of(String owner) {
        return all().stream().filter(lease -> lease.owner().equals(owner)).toList();
    }

    Optional<Lease> byId(String id) {
        synchronized (lock) {
            return Optional.ofNullable(leases.get(id));
        }
    }

    /** Whether a probe belongs to a session of this token. */
    boolean owns(String owner, Probe probe) {
        return of(owner).stream().anyMatch(lease -> lease.holds(probe));
    }

    private void take(String id, ConsumerRecord<String, String> kafkaRecord) {
        synchronized (lock) {
            if (!makers.admits(kafkaRecord)) {
                return;
            }
            try {
                if (kafkaRecord.value() == null) {
                    leases.remove(id);
                } else {
                    leases.put(id, Lease.parse(kafkaRecord.value()));
                }
            } catch (InvalidInputException | IllegalArgumentException e) {
                LOG.warn("passing over the lease '{}', which can't be read: {}", id, e.getMessage());
            }
        }
    }
}
