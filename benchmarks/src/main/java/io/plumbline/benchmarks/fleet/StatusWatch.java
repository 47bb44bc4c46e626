package io.plumbline.benchmarks.fleet;

import io.plumbline.config.wire.ProbeReport;
import io.plumbline.config.wire.ProbeState;
import io.plumbline.config.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Reads what instances report about one probe, from the topic that the control plane reads too. */
final class StatusWatch implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(5);

    private final KafkaConsumer<String, String> consumer;

    StatusWatch(String brokers) {
        Map<String, Object> settings = Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.STATUS).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    /**
     * Waits until so many instances have said that a probe is in place.
     *
     * @return when each did, as {@link System#nanoTime}
     */
    List<Long> installed(String probe, int instances, Duration within) {
        return await(probe, instances, within, true);
    }

    /** Waits until so many instances have taken their report of a probe back. */
    List<Long> gone(String probe, int instances, Duration within) {
        return await(probe, instances, within, false);
    }

    private List<Long> await(String probe, int instances, Duration within, boolean isInstalled) {
        long deadline = System.nanoTime() + within.toNanos();
        Set<String> seen = new HashSet<>();
        List<Long> times = new ArrayList<>();
        while (seen.size() < instances) {
            for (ConsumerRecord<String, String> record : consumer.poll(POLL)) {
                boolean counts = record.key().endsWith("/" + probe)
                        && (isInstalled ? isInstalled(record.value()) : record.value() == null);
                if (counts && seen.add(record.key())) {
                    times.add(System.nanoTime());
                }
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + seen.size() + " of " + instances + " instances answered for "
                        + probe + " within " + within);
            }
        }
        return times;
    }

    private static boolean isInstalled(String report) {
        return report != null && ProbeReport.parse(report).state() == ProbeState.INSTALLED;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
