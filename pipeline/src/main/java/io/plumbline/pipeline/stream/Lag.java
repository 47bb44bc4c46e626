package io.plumbline.pipeline.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many Kafka records wait. A consumer hears of a partition's end only while it fetches; while partitions are paused, as enough waits,
 * the ends are asked for, every two seconds. Else the lag would stand still just when it grows.
 *
 * <p>Threads: the poller's.
 */
final class Lag {
    private static final Logger LOG = LoggerFactory.getLogger(Lag.class);
    private static final long ASK_EVERY_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Consumer<?, ?> consumer;
    /** Unread records, as they were when it was asked; empty while nothing is paused. */
    private Map<TopicPartition, Long> unread = Map.of();

    private long askedAtNanos = System.nanoTime();

    Lag(Consumer<?, ?> consumer) {
        this.consumer = consumer;
    }

    /**
     * By partition, those without any included: they say whose the partition is. One of which nothing is known yet, as in the first moment
     * after it came from another process, is left out; what that one said of it last goes on to count.
     *
     * @param open records that were read and are not settled
     */
    Map<String, Long> of(Map<TopicPartition, Integer> open) {
        if (consumer.paused().isEmpty()) {
            unread = Map.of();
        } else if (System.nanoTime() - askedAtNanos >= ASK_EVERY_NANOS) {
            ask();
        }
        Map<String, Long> lag = new HashMap<>();
        for (TopicPartition partition : consumer.assignment()) {
            unread(partition).ifPresent(count -> lag.put(partition.toString(), count));
        }
        open.forEach((partition, count) -> lag.merge(partition.toString(), (long) count, Long::sum));
        return lag;
    }

    private OptionalLong unread(TopicPartition partition) {
        OptionalLong known = consumer.currentLag(partition);
        Long asked = unread.get(partition);
        return asked == null ? known : OptionalLong.of(Math.max(known.orElse(0), asked));
    }

    /** From positions, which do not move while partitions are paused. */
    private void ask() {
        askedAtNanos = System.nanoTime();
        try {
            Map<TopicPartition, Long> behind = new HashMap<>();
            consumer.endOffsets(consumer.assignment(), PATIENCE)
                    .forEach((partition, end) ->
                            behind.put(partition, Math.max(0, end - consumer.position(partition, PATIENCE))));
            unread = behind;
        } catch (KafkaException e) {
            LOG.debug("the ends of the partitions are not known now; asked again later", e);
        }
    }
}
