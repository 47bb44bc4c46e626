package io.plumbline.pipeline.stream;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Source;
import io.plumbline.pipeline.stream.ExporterHealth.State;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code exporter-NAME-poll}, which alone speaks to the consumer. It hands what it polled to the lanes, pauses the
 * partitions while enough waits, keeps the membership of the group alive meanwhile, and commits what is settled.
 */
final class Poller implements Runnable, ConsumerRebalanceListener {
    /*
     * Rebalance: the assignor is eager, so a rebalance takes all partitions away. Before we let them go, what is under way gets
     * DRAIN to end; then it is given up, and what was settled is committed. Whoever gets the partitions next reads on from
     * there. What was given up may still be inside the exporter: its backlog is dropped, so it can commit nothing for
     * partitions that are no longer ours.
     *
     * The exporter is told what we did not get back only when the new assignment is there: until then nobody else reads it.
     *
     * Commit: offsets stay in `uncommitted` until a commit succeeded; a failed one is made good by the next.
     */
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(200);
    private static final Duration BUSY_POLL = Duration.ofMillis(10);
    private static final Duration BUSY_TURN = Duration.ofMillis(100);
    private static final Duration COMMIT_EVERY = Duration.ofMillis(100);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration GIVE_UP = Duration.ofSeconds(1);
    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final Duration KAFKA_PAUSE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Set<String> topics;
    private final Lanes lanes;
    private final DeliveryCounts counts;
    private final Lag lag;
    private final Exporter exporter;
    /** As of the last assignment. */
    private Set<TopicPartition> owned = Set.of();

    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    private long committedAtNanos = System.nanoTime();
    /** Whether the last turn failed. */
    private boolean kafkaFailed;
    /** Set by whoever closes, read by this thread. */
    private volatile boolean stopping;

    Poller(
            Consumer<byte[], byte[]> consumer,
            Set<String> topics,
            Lanes lanes,
            DeliveryCounts counts,
            Exporter exporter) {
        this.consumer = consumer;
        this.topics = topics;
        this.lanes = lanes;
        this.counts = counts;
        this.lag = new Lag(consumer);
        this.exporter = exporter;
    }

    @Override
    public void run() {
        try (consumer) {
            consumer.subscribe(topics, this);
            while (!stopping) {
                turnOrPause();
            }
            endWork();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            counts.standing().is(this, State.STOPPED, "");
        }
    }

    void stop() {
        stopping = true;
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        try {
            endWork();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        nowOwned(consumer.assignment());
    }

    /** Others have the partitions already: nothing may be committed. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        uncommitted.clear();
        lanes.stop();
        try {
            giveUp();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        lanes.clear();
        nowOwned(Set.of());
    }

    private void nowOwned(Set<TopicPartition> partitions) {
        Set<TopicPartition> gone = new HashSet<>(owned);
        gone.removeAll(partitions);
        owned = Set.copyOf(partitions);
        if (!gone.isEmpty()) {
            try {
                exporter.lost(gone.stream()
                        .map(it -> new Source(it.topic(), it.partition()))
                        .collect(Collectors.toSet()));
            } catch (RuntimeException | LinkageError e) { // as with export
                LOG.warn("an exporter threw when it was told of lost partitions, which is a defect of it", e);
            }
        }
    }

    private void turnOrPause() throws InterruptedException {
        try {
            turn();
            if (kafkaFailed) {
                kafkaFailed = false;
                counts.standing().is(this, State.DELIVERING, "");
            }
        } catch (KafkaException e) {
            LOG.debug("turn failed", e);
            kafkaFailed = true;
            counts.standing().is(this, State.NO_KAFKA, String.valueOf(e.getMessage()));
            Thread.sleep(KAFKA_PAUSE.toMillis());
        }
    }

    private void turn() throws InterruptedException {
        if (lanes.isBroken()) {
            readAgain();
        }
        pauseOrResume();
        // while lanes have work there is no hurry: a fetch later brings more, and costs the broker as much
        boolean isIdle = lanes.awaitIdle(BUSY_POLL);
        ConsumerRecords<byte[], byte[]> polled = consumer.poll(isIdle ? idlePoll() : Duration.ZERO);
        if (!polled.isEmpty()) {
            lanes.add(polled);
        }
        uncommitted.putAll(lanes.takeSettled());
        if (System.nanoTime() - committedAtNanos >= COMMIT_EVERY.toNanos()) {
            commit();
        }
        counts.lag(lag.of(lanes.open()));
    }

    /** No longer than until a commit is due. */
    private Duration idlePoll() {
        return uncommitted.isEmpty() ? IDLE_POLL : COMMIT_EVERY;
    }

    private void pauseOrResume() {
        if (lanes.isFull()) {
            consumer.pause(consumer.assignment());
        } else if (lanes.hasRoom() && !consumer.paused().isEmpty()) {
            consumer.resume(consumer.paused());
        }
    }

    /** Records that a defect of ours broke off must not be skipped. */
    private void readAgain() throws InterruptedException {
        Map<TopicPartition, Long> open = endWork();
        LOG.error("work broke off, nothing is lost: reading again from {}", open);
        open.forEach(consumer::seek);
        Thread.sleep(KAFKA_PAUSE.toMillis());
    }

    private void commit() {
        committedAtNanos = System.nanoTime();
        if (uncommitted.isEmpty()) {
            return;
        }
        try {
            consumer.commitSync(Map.copyOf(uncommitted), COMMIT);
            uncommitted.clear();
        } catch (KafkaException e) {
            // Not lost: the next commit covers it, or the records come once more.
            LOG.info("commit of {} failed, tried again with the next: {}", uncommitted, e.toString());
        }
    }

    /**
     * Ends what is under way, commits what is settled, and begins anew.
     *
     * @return where each partition would be read again to miss nothing
     */
    private Map<TopicPartition, Long> endWork() throws InterruptedException {
        lanes.stop();
        if (!awaitDrained()) {
            giveUp();
        }
        uncommitted.putAll(lanes.takeSettled());
        Map<TopicPartition, Long> open = lanes.clear();
        commit();
        uncommitted.clear();
        return open;
    }

    private void giveUp() throws InterruptedException {
        lanes.interrupt();
        lanes.awaitEnd(GIVE_UP);
    }

    /** Waits in short steps, for a backend may go away meanwhile, and then there is no use in waiting. */
    private boolean awaitDrained() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + DRAIN.toNanos();
        while (!lanes.awaitEnd(BUSY_TURN)) {
            if (counts.standing().troubled() >= lanes.working() || System.nanoTime() > deadlineNanos) {
                return lanes.awaitEnd(Duration.ZERO);
            }
        }
        return true;
    }
}
