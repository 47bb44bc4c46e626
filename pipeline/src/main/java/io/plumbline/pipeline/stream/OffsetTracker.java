package io.plumbline.pipeline.stream;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to which offset each partition is settled: records end in any order, and an offset may be committed when that record and all
 * before it have ended. Offsets have gaps where Kafka compacted a topic.
 *
 * <p>Not thread-safe.
 */
final class OffsetTracker {
    private final Map<TopicPartition, Deque<Tracked>> unfinished = new HashMap<>();
    private final Map<TopicPartition, Integer> openAt = new HashMap<>();
    private final Map<TopicPartition, OffsetAndMetadata> advanced = new HashMap<>();
    private int open;
    private int kept;

    /** A record on its way. Lets go of it when it is settled, as others before it may not be for long. */
    static final class Tracked {
        private final TopicPartition partition;
        private final long offset;
        private final int bytes;
        private ConsumerRecord<byte[], byte[]> origin;

        private Tracked(ConsumerRecord<byte[], byte[]> origin) {
            this.partition = new TopicPartition(origin.topic(), origin.partition());
            this.offset = origin.offset();
            this.bytes = Math.max(0, origin.serializedKeySize()) + Math.max(0, origin.serializedValueSize());
            this.origin = origin;
        }

        /** Not after it is settled. */
        ConsumerRecord<byte[], byte[]> origin() {
            return origin;
        }

        /** Of key and value. */
        int bytes() {
            return bytes;
        }
    }

    /** In the order of each partition's offsets. */
    Tracked add(ConsumerRecord<byte[], byte[]> origin) {
        Tracked tracked = new Tracked(origin);
        unfinished.computeIfAbsent(tracked.partition, any -> new ArrayDeque<>()).addLast(tracked);
        openAt.merge(tracked.partition, 1, Integer::sum);
        open++;
        kept++;
        return tracked;
    }

    /** Once for each record, in any order. */
    void settle(Tracked tracked) {
        if (tracked.origin == null) {
            throw new IllegalStateException("settled twice: " + tracked.partition + " at " + tracked.offset);
        }
        tracked.origin = null;
        openAt.computeIfPresent(tracked.partition, (any, count) -> count == 1 ? null : count - 1);
        open--;
        Deque<Tracked> first = unfinished.get(tracked.partition);
        while (!first.isEmpty() && first.peekFirst().origin == null) {
            kept--;
            advanced.put(tracked.partition, new OffsetAndMetadata(first.removeFirst().offset + 1));
        }
    }

    /** What may be committed since the last call: the offset after the last one of which all before it are settled. */
    Map<TopicPartition, OffsetAndMetadata> take() {
        Map<TopicPartition, OffsetAndMetadata> taken = Map.copyOf(advanced);
        advanced.clear();
        return taken;
    }

    /** Where each partition would have to be read again; those that are settled as far as they were read are not there. */
    Map<TopicPartition, Long> firstOpen() {
        Map<TopicPartition, Long> first = new HashMap<>();
        unfinished.forEach((partition, records) -> {
            if (!records.isEmpty()) {
                first.put(partition, records.peekFirst().offset);
            }
        });
        return first;
    }

    /** Records that are not settled. */
    int open() {
        return open;
    }

    /** The same by partition, those with none left out. */
    Map<TopicPartition, Integer> openByPartition() {
        return Map.copyOf(openAt);
    }

    /** All that are open, and those that are settled before others that are not. */
    int kept() {
        return kept;
    }
}
