package io.plumbline.pipeline.pairing;

import com.google.protobuf.InvalidProtocolBufferException;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.wire.Topics;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.RangeAssignor;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The thread {@code pairing}: reads the hits of points in a consumer group, pairs them, and sends what comes of it. Any number of
 * processes share the partitions; all hits of a request are in one.
 *
 * <p>An offset is committed no further than the first hit of the oldest request that is not settled, after all that was told is
 * with Kafka. So whoever takes over runs whole requests again: spans come twice with the same ids, and none is missed. How far
 * was told already goes along with the commit; numbers before that are not counted again.
 *
 * <p>Threads: start and close from any; all else is the thread's own.
 */
public final class Pairer implements AutoCloseable {
    static final String GROUP = "plumbline-pairing";

    private static final Logger LOG = LoggerFactory.getLogger(Pairer.class);
    private static final Duration POLL = Duration.ofMillis(50);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Duration CLOSE = Duration.ofSeconds(10);
    private static final long TURN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int SESSION_MILLIS = 10_000;
    private static final int MAX_RECORDS = 2_000;

    /** A definition may come a moment after the first hits of its probe. */
    private static final long UNKNOWN_NANOS = TimeUnit.SECONDS.toNanos(10);

    private static final int MAX_UNKNOWN = 50_000;

    private final Map<String, Object> kafka;
    private final int maxHits;
    private final Tally tally = new Tally();
    private final Thread thread = new Thread(this::run, "pairing");

    /** Set by close, read by the thread. */
    private volatile boolean closed;

    /** Set before {@link #closed} by a test: nothing more is committed. */
    private volatile boolean killed;

    // the thread's own
    private final Map<TopicPartition, PartitionTrails> partitions = new HashMap<>();
    private final Deque<Unknown> unknown = new ArrayDeque<>();
    private final Clocks clocks = new Clocks();
    private final ArrivalReader reader = new ArrivalReader();
    private Consumer<byte[], byte[]> consumer;
    private Output output;
    private SpanProbes probes;
    private long turnAt;
    private long caughtUpAt = System.nanoTime();
    private boolean isTroubled;
    private boolean gaveUp;

    /** A hit of a probe that is not known yet. */
    private record Unknown(TopicPartition partition, Arrival.Hit hit, long offset, long sinceNanos) {}

    private Pairer(Map<String, Object> kafka, int maxHits) {
        this.kafka = kafka;
        this.maxHits = maxHits;
    }

    /**
     * Starts the thread.
     *
     * @param kafka client settings, with {@code bootstrap.servers}
     */
    public static Pairer start(Map<String, Object> kafka) {
        return start(kafka, PartitionTrails.MAX_HITS);
    }

    /**
     * @param maxHits that wait in one partition
     */
    static Pairer start(Map<String, Object> kafka, int maxHits) {
        Pairer pairer = new Pairer(kafka, maxHits);
        pairer.thread.setDaemon(true);
        pairer.thread.start();
        return pairer;
    }

    private void run() {
        while (!closed) {
            try (Producer<byte[], byte[]> producer = producer();
                    SpanProbes definitions = new SpanProbes(kafka);
                    Consumer<byte[], byte[]> points = consumer()) {
                consumer = points;
                probes = definitions;
                output = new Output(producer, tally);
                gaveUp = false;
                points.subscribe(List.of(Topics.POINTS), new Rebalance());
                work();
            } catch (WakeupException | InterruptException e) {
                Thread.interrupted();
            } catch (RuntimeException e) {
                trouble(e);
            }
            partitions.clear();
            unknown.clear();
        }
    }

    /** What was begun in a turn that fails must not be committed, not even as the consumer closes. */
    private void work() {
        try {
            while (!closed) {
                turn();
            }
            settle();
        } catch (RuntimeException e) {
            gaveUp = true;
            tally.rollBack();
            throw e;
        }
    }

    /** What was not committed is read again. */
    private void trouble(RuntimeException e) {
        if (closed) {
            return;
        }
        if (e instanceof KafkaException) {
            LOG.warn("pairing can't go on and tries again, nothing is lost: {}", e.toString());
        } else {
            LOG.error("a defect of pairing; it begins again where it had committed", e);
        }
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void turn() {
        if (probes.poll()) {
            retryUnknown();
        }
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
            take(each);
        }
        output.sendSpans();
        long now = System.nanoTime();
        if (now - turnAt >= TURN_NANOS) {
            turnAt = now;
            retryUnknown();
            partitions.values().forEach(each -> each.expire(now));
            settle();
        }
    }

    private void take(ConsumerRecord<byte[], byte[]> each) {
        TopicPartition partition = new TopicPartition(each.topic(), each.partition());
        long now = System.nanoTime();
        try {
            for (Arrival arrival : each.value() == null ? List.<Arrival>of() : reader.read(each.value())) {
                if (arrival instanceof Arrival.Hit hit) {
                    take(partition, hit, each.offset(), now);
                } else if (clocks.add((Arrival.Hop) arrival, now)) {
                    partitions.values().forEach(trails -> trails.lookAgain(now));
                }
            }
        } catch (InvalidProtocolBufferException | IllegalArgumentException e) {
            output.malformed();
            if (!isTroubled) {
                isTroubled = true;
                LOG.warn(
                        "a record of {} at {} can't be read and is left out, further ones are counted: {}",
                        partition,
                        each.offset(),
                        e.getMessage());
            }
        }
    }

    private void take(TopicPartition partition, Arrival.Hit hit, long offset, long now) {
        Probe probe = probe(hit.probe(), now);
        PartitionTrails trails = partitions.get(partition);
        if (trails == null) {
            return; // given up meanwhile
        }
        if (probe != null) {
            output.sampled(probe.id(), hit.hit(), now);
            trails.add(probe, hit, offset, now);
        } else if (probes.isGone(hit.probe()) || unknown.size() >= MAX_UNKNOWN) {
            output.unknown(hit.probe());
        } else {
            unknown.add(new Unknown(partition, hit, offset, now));
        }
    }

    /** Null when it is not known; the definitions are read to their end before that is said, though not for each hit. */
    private Probe probe(String id, long now) {
        Probe known = probes.get(id);
        if (known == null && !probes.isGone(id) && now - caughtUpAt > TURN_NANOS) {
            caughtUpAt = now;
            probes.catchUp();
            known = probes.get(id);
        }
        return known;
    }

    private void retryUnknown() {
        long now = System.nanoTime();
        for (int i = unknown.size(); i > 0; i--) {
            Unknown one = unknown.remove();
            if (probes.get(one.hit().probe()) != null) {
                take(one.partition(), one.hit(), one.offset(), now);
            } else if (probes.isGone(one.hit().probe()) || now - one.sinceNanos() > UNKNOWN_NANOS) {
                output.unknown(one.hit().probe());
            } else {
                unknown.add(one);
            }
        }
    }

    /** Sends all that was told, then commits. */
    private void settle() {
        if (killed || gaveUp) {
            return;
        }
        output.flush();
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        partitions.forEach((partition, trails) -> {
            long next = consumer.position(partition);
            long settled = trails.settled(next);
            long counted = trails.counted(next);
            for (Unknown one : unknown) {
                if (one.partition().equals(partition)) {
                    settled = Math.min(settled, one.offset());
                    counted = Math.min(counted, one.offset());
                }
            }
            offsets.put(partition, new OffsetAndMetadata(settled, Long.toString(counted)));
        });
        if (!offsets.isEmpty()) {
            consumer.commitSync(offsets);
        }
        tally.keep();
    }

    /** Gives partitions up in order, and takes them over where the one before had come. */
    private final class Rebalance implements ConsumerRebalanceListener {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            if (!revoked.isEmpty()) {
                settle();
                drop(revoked);
            }
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            drop(lost);
        }

        private void drop(Collection<TopicPartition> gone) {
            gone.forEach(partitions::remove);
            unknown.removeIf(one -> gone.contains(one.partition()));
        }

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            Map<TopicPartition, OffsetAndMetadata> committed = consumer.committed(new java.util.HashSet<>(assigned));
            for (TopicPartition partition : assigned) {
                OffsetAndMetadata from = committed.get(partition);
                partitions.put(partition, new PartitionTrails(maxHits, clocks, output, highWater(from)));
            }
        }

        private static long highWater(OffsetAndMetadata committed) {
            try {
                return committed == null ? 0 : Long.parseLong(committed.metadata());
            } catch (NumberFormatException e) {
                return committed.offset();
            }
        }
    }

    private Consumer<byte[], byte[]> consumer() {
        Map<String, Object> settings = new HashMap<>();
        settings.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_MILLIS);
        settings.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, SESSION_MILLIS / 4);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_RECORDS);
        settings.putAll(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        settings.put(ConsumerConfig.CLIENT_ID_CONFIG, GROUP);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        settings.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, RangeAssignor.class.getName());
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Producer<byte[], byte[]> producer() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, GROUP);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Hits that came to nothing, by cause; a moment old. For tests. */
    long lost(String cause) {
        return tally.lost(cause);
    }

    /** Sends and commits what there is, within {@link #CLOSE}. */
    @Override
    public void close() {
        closed = true;
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends it as a crash would: nothing more is sent or committed. */
    void kill() throws InterruptedException {
        killed = true;
        closed = true;
        thread.interrupt();
        thread.join(CLOSE.toMillis());
    }
}
