package io.plumbline.pipeline.control.letters;

import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.ControlReader;
import io.plumbline.pipeline.control.records.KafkaPatience;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the dead-letter topic backwards, in pieces that are read forwards, without a group.
 *
 * <p>The bargain: one look covers so many letters and takes so long, whatever the topic holds; what is older is another look. Of
 * the letters it passes only heads are held.
 *
 * <p>Threads: any; one at a time, which bounds the memory.
 */
public final class LetterReader {
    private static final Duration KAFKA = KafkaPatience.REQUEST;
    private static final Duration POLL = Duration.ofMillis(100);

    /** No further piece is begun after that. */
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    /** One look at all partitions together. */
    public static final int MAX_SCANNED = 20_000;

    private static final int FIRST_PIECE = 250;
    private static final int MAX_PIECE = 4_000;
    /** Pieces of this many large records would take too long, so they grow only while they are quick. */
    private static final Duration QUICK = Duration.ofMillis(250);
    /** A gap that is sought over rather than read. */
    private static final int MAX_GAP = 1_000;

    private final Map<String, Object> kafka;

    public LetterReader(Map<String, Object> kafka) {
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(ConsumerConfig.CLIENT_ID_CONFIG, "plumbline-letters");
        this.kafka.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.kafka.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.kafka.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MAX_GAP);
    }

    /**
     * Fills a page from its query's place backwards.
     *
     * @param untilFull whether to end when the page is full; else the count goes on
     */
    public synchronized LetterPage scan(
            LetterQuery query, Predicate<LetterId> wasReplayed, int limit, long maxBytes, boolean untilFull) {
        return withConsumer(consumer -> {
            LetterPage page = new LetterPage(query, wasReplayed, limit, maxBytes, untilFull);
            List<TopicPartition> partitions = ControlReader.partitions(consumer, List.of(Topics.DEAD_LETTERS));
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, KAFKA);
            Map<TopicPartition, Long> begins = begins(consumer, partitions, query.since(), ends);
            long deadlineNanos = System.nanoTime() + ENOUGH.toNanos();
            for (TopicPartition partition : partitions) {
                long high = Math.min(
                        ends.get(partition), query.before().getOrDefault(partition.partition(), Long.MAX_VALUE));
                Look look = new Look(consumer, partition, page, deadlineNanos);
                look.back(Math.min(high, ends.get(partition)), begins.get(partition), MAX_SCANNED / partitions.size());
            }
            return page;
        });
    }

    /** Hands out whole letters, oldest first; those that are not there are left out. */
    public synchronized void read(Collection<LetterId> ids, Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        Map<Integer, TreeSet<Long>> byPartition = new TreeMap<>();
        ids.forEach(id -> byPartition
                .computeIfAbsent(id.partition(), any -> new TreeSet<>())
                .add(id.offset()));
        withConsumer(consumer -> {
            List<TopicPartition> there = ControlReader.partitions(consumer, List.of(Topics.DEAD_LETTERS));
            Map<TopicPartition, Long> ends = consumer.endOffsets(there, KAFKA);
            Map<TopicPartition, Long> begins = consumer.beginningOffsets(there, KAFKA);
            byPartition.forEach((number, offsets) -> {
                TopicPartition partition = new TopicPartition(Topics.DEAD_LETTERS, number);
                if (ends.containsKey(partition)) {
                    offsets.tailSet(ends.get(partition)).clear();
                    offsets.headSet(begins.get(partition)).clear();
                    readIn(consumer, partition, offsets, handler);
                }
            });
            return null;
        });
    }

    /** The ids of the oldest and the newest that are kept, for errors; "none" when there are none. */
    public synchronized String kept() {
        return withConsumer(consumer -> {
            List<TopicPartition> there = ControlReader.partitions(consumer, List.of(Topics.DEAD_LETTERS));
            Map<TopicPartition, Long> ends = consumer.endOffsets(there, KAFKA);
            List<String> ranges = new ArrayList<>();
            consumer.beginningOffsets(there, KAFKA).forEach((partition, begin) -> {
                if (begin < ends.get(partition)) {
                    ranges.add(partition.partition() + "-" + begin + " to " + partition.partition() + "-"
                            + (ends.get(partition) - 1));
                }
            });
            return ranges.isEmpty() ? "none" : String.join(", ", ranges);
        });
    }

    private interface Reading<T> {
        T with(KafkaConsumer<byte[], byte[]> consumer);
    }

    private <T> T withConsumer(Reading<T> reading) {
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(kafka, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return reading.with(consumer);
        } catch (KafkaException e) {
            throw Problem.unavailable("Kafka does not answer (" + e.getMessage() + "); check that the broker runs");
        }
    }

    private static Map<TopicPartition, Long> begins(
            KafkaConsumer<byte[], byte[]> consumer,
            List<TopicPartition> partitions,
            Instant since,
            Map<TopicPartition, Long> ends) {
        if (since.toEpochMilli() <= 0) {
            return consumer.beginningOffsets(partitions, KAFKA);
        }
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, since.toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times, KAFKA);
        Map<TopicPartition, Long> begins = new HashMap<>();
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp first = found.get(partition);
            begins.put(partition, first == null ? ends.get(partition) : Long.valueOf(first.offset()));
        }
        return begins;
    }

    private static void readIn(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            TreeSet<Long> offsets,
            Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        while (!offsets.isEmpty()) {
            long from = offsets.first();
            long to = from;
            for (long offset : offsets) {
                if (offset - to > MAX_GAP) {
                    break;
                }
                to = offset + 1;
            }
            TreeSet<Long> near = new TreeSet<>(offsets.headSet(to));
            forward(consumer, partition, from, to, kafkaRecord -> {
                if (near.contains(kafkaRecord.offset())) {
                    handler.accept(kafkaRecord);
                }
            });
            offsets.removeAll(near);
        }
    }

    private static void forward(
            KafkaConsumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long from,
            long to,
            Consumer<ConsumerRecord<byte[], byte[]>> handler) {
        consumer.assign(List.of(partition));
        consumer.seek(partition, from);
        long deadlineNanos = System.nanoTime() + KAFKA.toNanos();
        while (consumer.position(partition, KAFKA) < to) {
            boolean isAny = false;
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                isAny = true;
                if (each.offset() < to) {
                    handler.accept(each);
                }
            }
            if (isAny) {
                deadlineNanos = System.nanoTime() + KAFKA.toNanos();
            } else if (System.nanoTime() > deadlineNanos) {
                throw Problem.unavailable("Kafka did not hand out " + partition + " within " + KAFKA.toSeconds()
                        + " s; check that the broker is well, then try again");
            }
        }
    }

    /** The way back through one partition. */
    private record Look(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, LetterPage page, long deadlineNanos) {

        void back(long high, long begin, int most) {
            int number = partition.partition();
            page.begin(number, high);
            long low = high;
            int piece = FIRST_PIECE;
            while (low > begin && high - low < most && !isOver(low == high)) {
                long from = Math.max(begin, low - Math.min(piece, most - (high - low)));
                long startNanos = System.nanoTime();
                List<Letter> read = new ArrayList<>();
                forward(consumer, partition, from, low, kafkaRecord -> read.add(Letter.of(kafkaRecord)));
                Collections.reverse(read);
                low = from;
                for (Letter letter : read) {
                    page.add(letter);
                    if (page.isEnough(number)) {
                        low = letter.id().offset();
                        break;
                    }
                }
                boolean isQuick = System.nanoTime() - startNanos < QUICK.toNanos();
                piece = isQuick ? Math.min(MAX_PIECE, piece * 2) : piece;
            }
            page.end(number, low, low <= begin);
        }

        private boolean isOver(boolean isFirst) {
            return page.isEnough(partition.partition()) || (!isFirst && System.nanoTime() > deadlineNanos);
        }
    }
}
