package io.plumbline.pipeline.pairing;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.wire.RolloutStage;
import io.plumbline.config.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the definitions of span probes, without a consumer group. Pairing thread only. */
final class SpanProbes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SpanProbes.class);
    private static final Duration KAFKA = Duration.ofSeconds(10);
    private static final Duration STEP = Duration.ofMillis(50);

    private final Consumer<String, String> consumer;
    private final Map<String, Probe> known = new HashMap<>();
    private final Set<String> gone = new HashSet<>();

    SpanProbes(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, "plumbline-pairing-probes");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        try {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.PROBES, KAFKA).stream()
                    .map(SpanProbes::partition)
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            catchUp();
        } catch (RuntimeException e) {
            consumer.close();
            throw e;
        }
    }

    private static TopicPartition partition(PartitionInfo info) {
        return new TopicPartition(info.topic(), info.partition());
    }

    /**
     * Takes all that is there by now.
     *
     * @throws TimeoutException when Kafka does not hand it out in time
     */
    void catchUp() {
        long deadline = System.nanoTime() + KAFKA.toNanos();
        Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment(), KAFKA);
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            while (consumer.position(end.getKey()) < end.getValue()) {
                consumer.poll(STEP).forEach(this::take);
                if (System.nanoTime() - deadline > 0) {
                    throw new TimeoutException(
                            "the definitions were not handed out within " + KAFKA.toSeconds() + " s");
                }
            }
        }
    }

    /** Takes what is new; returns whether there was anything. */
    boolean poll() {
        boolean any = false;
        for (ConsumerRecord<String, String> each : consumer.poll(Duration.ZERO)) {
            any = true;
            take(each);
        }
        return any;
    }

    private void take(ConsumerRecord<String, String> each) {
        if (each.key() == null || each.key().equals(Topics.SWITCH_KEY) || RolloutStage.isKey(each.key())) {
            return;
        }
        try {
            Probe probe = each.value() == null ? null : ProbeReader.wire(each.value());
            if (probe != null && probe.span().isPresent()) {
                known.put(probe.id(), probe);
                gone.remove(probe.id());
            } else {
                known.remove(each.key());
                gone.add(each.key());
            }
        } catch (RuntimeException e) {
            LOG.warn("a definition can't be read and is left out: {}", e.getMessage());
        }
    }

    /** Null when it is not known. */
    Probe get(String id) {
        return known.get(id);
    }

    /** Whether it was there and is not any more. */
    boolean isGone(String id) {
        return gone.contains(id);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
