package io.plumbline.pipeline.topics;

import io.plumbline.config.wire.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes the topics that are not there yet. Those that are there stay as they are: their owner may have had reasons.
 *
 * <p>Compacted topics hold the state of the installation. They are rolled and compacted within the hour, because a
 * reader that starts has to read them whole; tombstones stay a week, so that an agent that was away hears of them;
 * those of definitions stay longer than any life but {@code never}, so that nothing that was removed comes back.
 */
public final class PipelineTopics {
    /** Signals that an exporter could not deliver, with the reason in headers. */
    public static final String DEAD_LETTERS = Topics.DEAD_LETTERS;

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(20);
    private static final int SIGNAL_PARTITIONS = 4;
    private static final int MAX_COPIES = 3;
    /** A record of the largest size that Kafka takes by default becomes a dead letter with headers. */
    private static final int MAX_LETTER_BYTES = 2 << 20;

    private static final Duration REMOVALS = Duration.ofDays(400);
    private static final Duration AUDIT = Duration.ofDays(400);
    private static final Duration LETTERS = Duration.ofDays(7);

    private PipelineTopics() {}

    /**
     * Makes what is missing, and returns when all partitions have a leader that answers. May be called by any number of processes at the same time.
     *
     * @param kafka client settings, with {@code bootstrap.servers}
     * @throws IllegalStateException with a remedy, when the cluster does not answer or refuses
     */
    public static void ensure(Map<String, Object> kafka) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) PATIENCE.toMillis() / 2);
        try (Admin admin = Admin.create(settings)) {
            Set<String> present = within(admin.listTopics().names());
            int brokers = within(admin.describeCluster().nodes()).size();
            short copies = (short) Math.min(MAX_COPIES, brokers);
            List<NewTopic> missing = topics(copies).stream()
                    .filter(topic -> !present.contains(topic.name()))
                    .toList();
            for (var made : admin.createTopics(missing).values().entrySet()) {
                awaitMade(made.getValue());
            }
            List<String> all = topics(copies).stream().map(NewTopic::name).toList();
            awaitKnown(admin, all);
            SingleCopies.warn(admin, all, brokers);
        }
    }

    /** Made, too, is a topic before every broker knows it. */
    private static void awaitKnown(Admin admin, List<String> topics) {
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                awaitLeaders(admin, topics);
                return;
            } catch (IllegalStateException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException) || System.nanoTime() > deadlineNanos) {
                    throw e;
                }
                LockSupport.parkNanos(STEP.toNanos());
            }
        }
    }

    /**
     * A topic is made before its leaders take records. A new producer's first batch that comes too early is refused; when its second
     * one is not, the first is out of order for good.
     */
    private static void awaitLeaders(Admin admin, List<String> topics) {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        within(admin.describeTopics(topics).allTopicNames())
                .forEach((name, topic) -> topic.partitions()
                        .forEach(partition ->
                                ends.put(new TopicPartition(name, partition.partition()), OffsetSpec.latest())));
        within(admin.listOffsets(ends).all());
    }

    static List<NewTopic> topics(short copies) {
        return List.of(
                // a removal is a signed record too, and outlives what it removed
                compacted(Topics.PROBES, copies, Map.of("delete.retention.ms", millis(REMOVALS))),
                compacted(Topics.TOKENS, copies, Map.of()),
                // longer than a request waits and than its end is shown
                compacted(
                        Topics.APPROVALS,
                        copies,
                        Map.of("cleanup.policy", "compact,delete", "retention.ms", millis(Duration.ofDays(32)))),
                // a lease lives for minutes and is written again as long
                compacted(
                        Topics.LEASES,
                        copies,
                        Map.of("cleanup.policy", "compact,delete", "retention.ms", millis(Duration.ofDays(1)))),
                // kept until removed, and a removal is not undone by who writes an old record again
                compacted(Topics.SHARES, copies, Map.of("delete.retention.ms", millis(REMOVALS))),
                compacted(Topics.STATUS, copies, Map.of()),
                // heartbeats by the broker's clock: clocks of observed machines do not matter
                compacted(
                        Topics.INSTANCES,
                        copies,
                        Map.of(
                                "message.timestamp.type", "LogAppendTime",
                                "cleanup.policy", "compact,delete",
                                "retention.ms", millis(Duration.ofDays(7)))),
                // a report every few seconds, which nobody asks for once its process is forgotten
                compacted(
                        Topics.EXPORTERS,
                        copies,
                        Map.of(
                                "message.timestamp.type", "LogAppendTime",
                                "cleanup.policy", "compact,delete",
                                "segment.ms", millis(Duration.ofMinutes(10)),
                                "retention.ms", millis(Duration.ofHours(1)),
                                "delete.retention.ms", millis(Duration.ofHours(1)))),
                // longer than a probe lives; and the order of claims stays to be seen for longer than an agent waits
                compacted(
                        Topics.CLAIMS,
                        copies,
                        Map.of(
                                "message.timestamp.type", "LogAppendTime",
                                "cleanup.policy", "compact,delete",
                                "retention.ms", millis(Duration.ofDays(32)),
                                "segment.ms", millis(Duration.ofDays(1)),
                                "min.compaction.lag.ms", millis(Duration.ofDays(1)),
                                "max.compaction.lag.ms", millis(Duration.ofDays(7)))),
                passing(Topics.AUDIT, 1, copies, AUDIT),
                passing(Topics.REQUESTS, 1, copies, Duration.ofMinutes(10)),
                passing(Topics.REPLIES, 1, copies, Duration.ofMinutes(10)),
                passing(Topics.LOGS, SIGNAL_PARTITIONS, copies, Duration.ofHours(24)),
                passing(Topics.METRICS, SIGNAL_PARTITIONS, copies, Duration.ofHours(24)),
                passing(Topics.SPANS, SIGNAL_PARTITIONS, copies, Duration.ofHours(24)),
                passing(Topics.POINTS, SIGNAL_PARTITIONS, copies, Duration.ofHours(24)),
                letters(DEAD_LETTERS, copies),
                letters(Topics.REPLAY, copies),
                passing(Topics.REPLAYED, 1, copies, LETTERS.plusDays(1)));
    }

    private static NewTopic compacted(String name, short copies, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>();
        settings.put("cleanup.policy", "compact");
        settings.put("segment.ms", millis(Duration.ofHours(1)));
        settings.put("max.compaction.lag.ms", millis(Duration.ofHours(1)));
        settings.put("min.cleanable.dirty.ratio", "0.1");
        settings.put("delete.retention.ms", millis(Duration.ofDays(7)));
        settings.putAll(more);
        return new NewTopic(name, Optional.of(1), Optional.of(copies)).configs(settings);
    }

    private static NewTopic letters(String name, short copies) {
        NewTopic topic = passing(name, 1, copies, LETTERS);
        Map<String, String> settings = new HashMap<>(topic.configs());
        settings.put("max.message.bytes", Integer.toString(MAX_LETTER_BYTES));
        return topic.configs(settings);
    }

    private static NewTopic passing(String name, int partitions, short copies, Duration retention) {
        return new NewTopic(name, Optional.of(partitions), Optional.of(copies))
                .configs(Map.of("retention.ms", millis(retention), "compression.type", "producer"));
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }

    private static void awaitMade(KafkaFuture<Void> made) {
        try {
            within(made);
        } catch (IllegalStateException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }

    private static <T> T within(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof org.apache.kafka.common.errors.TimeoutException
                    ? silent(e.getCause())
                    : refused(e.getCause());
        } catch (TimeoutException e) {
            throw silent(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw refused(e);
        }
    }

    private static IllegalStateException silent(Throwable cause) {
        return new IllegalStateException(
                "no Kafka answered within " + PATIENCE.toSeconds()
                        + " s; check the address and that a broker runs there",
                cause);
    }

    private static IllegalStateException refused(Throwable cause) {
        return new IllegalStateException(
                "Kafka did not let us look after the topics (" + cause.getMessage()
                        + "); check the address and the rights to list, describe and create plumbline_* and otlp_*",
                cause);
    }
}
