package io.plumbline.pipeline.control.history;

import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.signal.MalformedRecordException;
import io.plumbline.exporters.signal.OtlpDecoder;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.records.ControlReader;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads the signal topics backwards, in pieces that are read forwards, always on where what was not read yet is newest. So wherever it
 * ends, nothing newer was left out.
 *
 * <p>The bargain: one search reads so many bytes for so long, but of each partition at least the last records; {@link #isComplete} says whether that was all.
 *
 * <p>Threads: belongs to one request.
 */
final class BackwardSearch {
    private static final Map<SignalKind, String> TOPICS =
            Map.of(SignalKind.LOG, Topics.LOGS, SignalKind.METRIC, Topics.METRICS, SignalKind.SPAN, Topics.SPANS);

    private static final Duration KAFKA = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(100);

    /** No further piece is begun after that, or when so many bytes were read. */
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    private static final long MAX_BYTES = 64 << 20;

    /** Signals in one record, so that those of one millisecond keep their order. */
    private static final long MAX_IN_RECORD = 100_000;

    private static final int FIRST_PIECE = 20;
    private static final int MAX_PIECE = 5_000;
    private static final long PIECE_BYTES = 2 << 20;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SignalsQuery query;
    private final Found found;
    private final List<Part> parts = new ArrayList<>();
    private long bytes;

    BackwardSearch(KafkaConsumer<byte[], byte[]> consumer, SignalsQuery query, Found found) {
        this.consumer = consumer;
        this.query = query;
        this.found = found;
    }

    /** Looks until enough was found, all was read, or a bound is hit. */
    void run() {
        query.kinds().forEach(this::open);
        long deadlineNanos = System.nanoTime() + ENOUGH.toNanos();
        Part next = newestUnread();
        while (next != null && (next.isUnread() || (bytes < MAX_BYTES && System.nanoTime() < deadlineNanos))) {
            next.readPiece();
            next = newestUnread();
        }
    }

    /** Whether every record since the query's begin was read. */
    boolean isComplete() {
        return parts.stream().allMatch(part -> part.low <= part.floor);
    }

    /** Since when everything was read. */
    Instant searchedBack(Instant now) {
        long newest = parts.stream()
                .filter(part -> part.low > part.floor)
                .mapToLong(part -> part.reached)
                .max()
                .orElse(query.begin().toEpochMilli());
        return Instant.ofEpochMilli(Math.min(newest, now.toEpochMilli()));
    }

    private void open(SignalKind kind) {
        List<TopicPartition> partitions = ControlReader.partitions(consumer, List.of(TOPICS.get(kind)));
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, KAFKA);
        Map<TopicPartition, Long> times = new HashMap<>();
        partitions.forEach(partition -> times.put(partition, query.begin().toEpochMilli()));
        Map<TopicPartition, OffsetAndTimestamp> begins = consumer.offsetsForTimes(times, KAFKA);
        for (TopicPartition partition : partitions) {
            OffsetAndTimestamp begin = begins.get(partition);
            long end = ends.get(partition);
            parts.add(new Part(kind, partition, begin == null ? end : begin.offset(), end));
        }
    }

    private Part newestUnread() {
        return parts.stream()
                .filter(part -> part.low > part.floor)
                .filter(part -> !found.isEnough(part.kind == SignalKind.METRIC, part.reached))
                .max(Comparator.comparingLong(part -> part.reached))
                .orElse(null);
    }

    /** One partition, read from {@code low} on. */
    private final class Part {
        private final SignalKind kind;
        private final TopicPartition partition;
        private final long floor;
        private long low;
        /** The time of the oldest record that was read. */
        private long reached = Long.MAX_VALUE;

        private long piece = FIRST_PIECE;
        private long pieceBytes;
        private long pieceOldest;

        private Part(SignalKind kind, TopicPartition partition, long floor, long end) {
            this.kind = kind;
            this.partition = partition;
            this.floor = floor;
            this.low = end;
        }

        private boolean isUnread() {
            return reached == Long.MAX_VALUE;
        }

        private void readPiece() {
            long from = Math.max(floor, low - piece);
            pieceBytes = 0;
            pieceOldest = reached;
            consumer.assign(List.of(partition));
            consumer.seek(partition, from);
            long deadlineNanos = System.nanoTime() + KAFKA.toNanos();
            while (consumer.position(partition, KAFKA) < low) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    deadlineNanos = System.nanoTime() + KAFKA.toNanos();
                    if (each.offset() < low) {
                        take(each);
                    }
                }
                if (System.nanoTime() > deadlineNanos) {
                    throw Problem.unavailable("Kafka did not hand out " + partition + " within " + KAFKA.toSeconds()
                            + " s; check that the broker is well, then try again");
                }
            }
            bytes += pieceBytes;
            piece = Math.max(1, Math.min(MAX_PIECE, (low - from) * PIECE_BYTES / Math.max(1, pieceBytes)));
            low = from;
            reached = pieceOldest;
        }

        private void take(ConsumerRecord<byte[], byte[]> each) {
            pieceOldest = Math.min(pieceOldest, each.timestamp());
            byte[] value = each.value();
            pieceBytes += value == null ? 0 : value.length;
            if (value == null || !Bytes.contain(value, query.probe())) {
                return;
            }
            try {
                long order = each.offset() * MAX_IN_RECORD;
                for (Signal signal : OtlpDecoder.decode(kind, value).signals()) {
                    found.offer(signal, each.timestamp(), order++);
                }
            } catch (MalformedRecordException e) {
                // the exporters count it and keep it as a dead letter
            }
        }
    }
}
