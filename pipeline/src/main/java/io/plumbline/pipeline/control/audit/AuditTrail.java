package io.plumbline.pipeline.control.audit;

import io.plumbline.config.signing.SealCheck;
import io.plumbline.config.signing.TrustedKeys;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Definers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks into the audit for who changed a probe last. Of entries that none of our keys signed it believes nothing.
 *
 * <p>Threads: any, each with a consumer of its own for the time of the look.
 */
public final class AuditTrail {
    private static final TopicPartition AUDIT = new TopicPartition(Topics.AUDIT, 0);
    private static final Duration KAFKA = Duration.ofSeconds(2);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, Object> kafka;
    private final SealCheck signed;

    public AuditTrail(Map<String, Object> kafka, TrustedKeys trusted) {
        this.kafka = kafka;
        this.signed = new SealCheck(trusted);
    }

    /** The last change since a time; empty also when Kafka does not tell within two seconds. */
    public Optional<AuditEntry> last(String probe, Instant since) {
        long deadlineNanos = System.nanoTime() + KAFKA.toNanos();
        try (Consumer<String, String> consumer = ControlReader.consumer(kafka, "plumbline-trail")) {
            consumer.assign(List.of(AUDIT));
            long end = consumer.endOffsets(List.of(AUDIT), KAFKA).get(AUDIT);
            OffsetAndTimestamp first = consumer.offsetsForTimes(Map.of(AUDIT, since.toEpochMilli()), KAFKA)
                    .get(AUDIT);
            consumer.seek(AUDIT, first == null ? end : first.offset());
            Optional<AuditEntry> last = Optional.empty();
            while (consumer.position(AUDIT, KAFKA) < end) {
                if (System.nanoTime() > deadlineNanos) {
                    return Optional.empty();
                }
                for (ConsumerRecord<String, String> each : consumer.poll(POLL)) {
                    Optional<AuditEntry> before = last;
                    last = change(each, probe).or(() -> before);
                }
            }
            return last;
        } catch (KafkaException e) {
            return Optional.empty();
        }
    }

    private Optional<AuditEntry> change(ConsumerRecord<String, String> kafkaRecord, String probe) {
        String key = String.valueOf(kafkaRecord.key());
        if (!signed.isSigned(kafkaRecord.topic(), key, kafkaRecord.value(), Definers.seal(kafkaRecord))) {
            return Optional.empty();
        }
        try {
            return Optional.of(AuditEntry.parse(kafkaRecord.value()))
                    .filter(entry -> entry.outcome() == AuditEntry.Outcome.DONE)
                    .filter(entry -> entry.action().startsWith("probe."))
                    .filter(entry -> probe.equals(entry.what().get("probe")));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
