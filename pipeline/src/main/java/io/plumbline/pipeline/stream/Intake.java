package io.plumbline.pipeline.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.wire.DeadLetter;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.signal.SignalKind;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which topics an exporter reads, and what of them is for it: all of the signal topics, and of the replay topic what it gave up on
 * itself.
 */
record Intake(String exporter, Set<SignalKind> takes) {
    private static final Logger LOG = LoggerFactory.getLogger(Intake.class);
    private static final Map<SignalKind, String> TOPICS =
            Map.of(SignalKind.LOG, Topics.LOGS, SignalKind.METRIC, Topics.METRICS, SignalKind.SPAN, Topics.SPANS);

    Intake {
        takes = Set.copyOf(takes);
    }

    Set<String> topics() {
        Set<String> topics = new HashSet<>(Set.of(Topics.REPLAY));
        takes.forEach(kind -> topics.add(TOPICS.get(kind)));
        return topics;
    }

    /** What a record holds; empty when it is another exporter's. */
    Optional<SignalKind> kindOf(ConsumerRecord<byte[], byte[]> kafkaRecord) {
        if (!kafkaRecord.topic().equals(Topics.REPLAY)) {
            return takes.stream()
                    .filter(kind -> TOPICS.get(kind).equals(kafkaRecord.topic()))
                    .findFirst();
        }
        DeadLetter letter = head(kafkaRecord);
        if (!letter.exporter().equals(exporter)) {
            return Optional.empty();
        }
        Optional<SignalKind> kind = takes.stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(letter.kind()))
                .findFirst();
        if (kind.isEmpty()) {
            LOG.warn("{} does not take the kind '{}' of {}; passed over", exporter, letter.kind(), letter);
        }
        return kind;
    }

    /** The letter that a record of the replay topic was. */
    static DeadLetter head(ConsumerRecord<byte[], byte[]> replayed) {
        Map<String, String> headers = new HashMap<>();
        replayed.headers().forEach(header -> {
            if (header.value() != null) {
                headers.put(header.key(), new String(header.value(), UTF_8));
            }
        });
        return DeadLetter.of(headers, Instant.ofEpochMilli(replayed.timestamp()));
    }
}
