package io.plumbline.pipeline.control.approval;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.access.Bounds;
import io.plumbline.pipeline.control.approval.ApprovalRequest.State;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.Definers;
import io.plumbline.pipeline.control.records.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests as the topic {@link Topics#APPROVALS} says, the last of each probe. What none of our keys signed counts for nothing.
 *
 * <p>Of two that decide about the same request, also at two control planes, the first record counts; who wrote the second learns it.
 *
 * <p>Threads: the reader writes, requests read.
 */
public final class ApprovalBoard {
    private static final Logger LOG = LoggerFactory.getLogger(ApprovalBoard.class);

    /** How long after its end a request is shown. */
    private static final Duration SHOWN = Duration.ofDays(7);

    private final Definers definers;
    private final Clock clock;
    private final Object lock = new Object();
    /** By the probe's id. Guarded by the lock. */
    private final Map<String, ApprovalRequest> requests = new TreeMap<>();

    /** @param definers lets through nothing unsigned */
    public ApprovalBoard(Definers definers, Clock clock) {
        this.definers = definers;
        this.clock = clock;
    }

    /** What to do with the topic's records. */
    public Map<String, BiConsumer<String, ConsumerRecord<String, String>>> handlers() {
        return Map.of(Topics.APPROVALS, this::take);
    }

    /** What waits now and could reach nothing outside the bounds, as the API shows it. */
    public List<Map<String, Object>> waiting(Bounds bounds) {
        Instant now = clock.instant();
        return all().stream()
                .filter(request ->
                        request.isWaitingAt(now) && bounds.hold(request.probe().targets()))
                .map(request -> request.map(now))
                .toList();
    }

    /** The request of a probe that waits now, as the API shows it. */
    public Optional<Map<String, Object>> waiting(String probe) {
        return waitingFor(probe).map(request -> request.map(clock.instant()));
    }

    Optional<ApprovalRequest> waitingFor(String probe) {
        return of(probe).filter(request -> request.isWaitingAt(clock.instant()));
    }

    /** The last of a probe. */
    Optional<ApprovalRequest> of(String probe) {
        synchronized (lock) {
            return Optional.ofNullable(requests.get(probe));
        }
    }

    /** Those that wait, and those that ended not long ago. */
    List<ApprovalRequest> all() {
        Instant oldest = clock.instant().minus(SHOWN);
        synchronized (lock) {
            requests.values().removeIf(request -> request.expires().isBefore(oldest));
            return List.copyOf(requests.values());
        }
    }

    /** Writes a request and returns what counts then: it, or what was decided before. */
    ApprovalRequest write(Writer writer, ControlReader reader, ApprovalRequest request) {
        String probe = request.probe().id();
        put(writer, reader, request);
        ApprovalRequest counts = of(probe).orElse(request);
        if (counts.id().equals(request.id()) && !counts.equals(request)) {
            // compaction keeps the last record, and it shall be the one that counts
            put(writer, reader, counts);
        }
        return counts;
    }

    private static void put(Writer writer, ControlReader reader, ApprovalRequest request) {
        RecordMetadata written =
                writer.write(Topics.APPROVALS, Map.of(request.probe().id(), request.json()));
        reader.awaitHandled(new TopicPartition(written.topic(), written.partition()), written.offset());
    }

    private void take(String probe, ConsumerRecord<String, String> kafkaRecord) {
        synchronized (lock) {
            if (!definers.admits(kafkaRecord)) {
                return;
            }
            try {
                ApprovalRequest known = requests.get(probe);
                ApprovalRequest next = kafkaRecord.value() == null ? null : ApprovalRequest.parse(kafkaRecord.value());
                boolean isDecided =
                        known != null && next != null && known.id().equals(next.id()) && known.state() != State.WAITING;
                if (next == null) {
                    requests.remove(probe);
                } else if (!isDecided && next.probe().id().equals(probe)) {
                    requests.put(probe, next);
                }
            } catch (InvalidInputException | IllegalArgumentException e) {
                LOG.warn("passing over the approval of '{}', which can't be read: {}", probe, e.getMessage());
            }
        }
    }
}
