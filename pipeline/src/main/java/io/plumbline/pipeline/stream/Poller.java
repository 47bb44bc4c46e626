package io.plumbline.pipeline.stream;

import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.Source;
import io.plumbline.pipeline.stream.ExporterHealth.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code exporter-NAME-poll}, which alone speaks to the consumer. It hands what it polled to the worker,
 * keeps the membership of the group alive by polling paused partitions, and commits what is settled.
 */
final class Poller implements Runnable, ConsumerRebalanceListener {
    /*
     * Rebalance: the assignor is eager, so a rebalance takes all partitions away. Before we let them go, the work that
     * is under way gets DRAIN to end; then it is given up, and what it has settled is committed. Whoever gets the
     * partitions next reads on from there. Work that was given up may still be inside the exporter: its Settled is
     * dropped with it, so it can commit nothing for partitions that are no longer ours.
     *
     * The exporter is told what we did not get back only when the new assignment is there: until then nobody else reads it.
     *
     * Commit: offsets stay in `uncommitted` until a commit succeeded; a failed one is made good by the next.
     */
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    private static final Duration IDLE_POLL = Duration.ofMillis(200);
    private static final Duration BUSY_TURN = Duration.ofMillis(100);
    private static final Duration DRAIN = Duration.ofSeconds(5);
    private static final Duration GIVE_UP = Duration.ofSeconds(1);
    private static final Duration COMMIT = Duration.ofSeconds(5);
    private static final Duration KAFKA_PAUSE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;
    private final Set<String> topics;
    private final Worker worker;
    private final Function<List<ConsumerRecord<byte[], byte[]>>, Work> workOf;
    private final DeliveryCounts counts;
    private final Lag lag;
    private final Exporter exporter;
    /** As of the last assignment. */
    private Set<TopicPartition> owned = Set.of();

    private final Map<TopicPartition, OffsetAndMetadata> uncommitted = new HashMap<>();
    /** Null when idle. */
    private Work work;
    /** Whether the last turn failed. */
    private boolean kafkaFailed;
    /** Set by whoever closes, read by this thread. */
    private volatile boolean stopping;

    Poller(
            Consumer<byte[], byte[]> consumer,
            Set<String> topics,
            Worker worker,
            Function<List<ConsumerRecord<byte[], byte[]>>, Work> workOf,
            DeliveryCounts counts,
            Exporter exporter) {
        this.consumer = consumer;
        this.topics = topics;
        this.worker = worker;
        this.workOf = workOf;
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
            counts.state(State.STOPPED, "");
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
        if (work != null) {
            consumer.pause(partitions);
        }
        nowOwned(consumer.assignment());
    }

    /** Others have the partitions already: nothing may be committed. */
    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        uncommitted.clear();
        if (work != null) {
            try {
                worker.giveUp(work, GIVE_UP);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            work = null;
        }
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
                counts.state(State.DELIVERING, "");
            }
        } catch (KafkaException e) {
            LOG.debug("turn failed", e);
            kafkaFailed = true;
            counts.state(State.NO_KAFKA, String.valueOf(e.getMessage()));
            Thread.sleep(KAFKA_PAUSE.toMillis());
        }
    }

    private void turn() throws InterruptedException {
        if (work == null) {
            begin(consumer.poll(IDLE_POLL));
        } else if (work.awaitEnd(BUSY_TURN)) {
            takeSettled();
            rewind(work.open());
            work = null;
            consumer.resume(consumer.paused());
        } else {
            takeSettled();
            begin(consumer.poll(Duration.ZERO));
        }
        commit();
        counts.lag(lag.of(work == null ? List.of() : work.open()));
    }

    /** Work that broke off by a defect of ours must not be skipped: its records are read once more. */
    private void rewind(List<ConsumerRecord<byte[], byte[]>> open) throws InterruptedException {
        if (open.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> first = new HashMap<>();
        open.forEach(
                record -> first.putIfAbsent(new TopicPartition(record.topic(), record.partition()), record.offset()));
        LOG.error("work broke off, nothing is lost: reading again from {}", first);
        first.forEach(consumer::seek);
        Thread.sleep(KAFKA_PAUSE.toMillis());
    }

    /** Nothing comes while there is work, for all partitions are paused then. */
    private void begin(ConsumerRecords<byte[], byte[]> polled) {
        if (polled.isEmpty()) {
            return;
        }
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>(polled.count());
        polled.forEach(records::add);
        consumer.pause(consumer.assignment());
        work = workOf.apply(records);
        worker.begin(work);
    }

    private void takeSettled() {
        if (work != null) {
            uncommitted.putAll(work.settled().take());
        }
    }

    private void commit() {
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

    private void endWork() throws InterruptedException {
        if (work != null) {
            if (!awaitDrained()) {
                worker.giveUp(work, GIVE_UP);
            }
            takeSettled();
            work = null;
        }
        commit();
        uncommitted.clear();
    }

    /** Waits in short steps, for a backend may go away meanwhile, and then there is no use in waiting. */
    private boolean awaitDrained() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + DRAIN.toNanos();
        while (!counts.isStuck() && System.nanoTime() < deadlineNanos) {
            if (work.awaitEnd(BUSY_TURN)) {
                return true;
            }
        }
        return work.awaitEnd(Duration.ZERO);
    }
}
