package io.plumbline.pipeline.control.assistants;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.records.Definers;
import io.plumbline.pipeline.control.records.SignedRecords;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The leases that there are, as the topic {@link Topics#LEASES} says. A record that none of our keys signed counts for nothing: who may
 * write to Kafka owns no probe by it.
 *
 * <p>Threads: the reader writes, requests and {@code control-leases} read.
 */
public final class Leases {
    private final SignedRecords<Lease> records;

    /** @param makers lets through nothing unsigned */
    public Leases(Definers makers) {
        this.records = new SignedRecords<>(Topics.LEASES, "lease", makers, Lease::parse);
    }

    /** What to do with the topic's records. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers() {
        return records.handlers();
    }

    /** By id. */
    List<Lease> all() {
        return records.all().stream().sorted(Comparator.comparing(Lease::id)).toList();
    }

    List<Lease> of(String owner) {
        return all().stream().filter(lease -> lease.owner().equals(owner)).toList();
    }

    Optional<Lease> byId(String id) {
        return records.byId(id);
    }

    /** Whether a probe belongs to a session of this token. */
    boolean owns(String owner, Probe probe) {
        return of(owner).stream().anyMatch(lease -> lease.holds(probe));
    }
}
