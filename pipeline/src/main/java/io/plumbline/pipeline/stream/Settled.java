package io.plumbline.pipeline.stream;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * Up to which offset each partition is settled. Records are settled in the order in which they were polled, so the
 * latest is also the lowest open one.
 *
 * <p>Threads: the worker adds, the poller takes.
 */
final class Settled {
    /** Guarded by this. */
    private final Map<TopicPartition, OffsetAndMetadata> next = new HashMap<>();
    /** Guarded by this. */
    private int records;

    synchronized void add(ConsumerRecord<byte[], byte[]> record) {
        next.put(new TopicPartition(record.topic(), record.partition()), new OffsetAndMetadata(record.offset() + 1));
        records++;
    }

    /** What was settled since the last call. */
    synchronized Map<TopicPartition, OffsetAndMetadata> take() {
        Map<TopicPartition, OffsetAndMetadata> taken = Map.copyOf(next);
        next.clear();
        return taken;
    }

    /** All that were ever settled. */
    synchronized int records() {
        return records;
    }
}
