package io.plumbline.pipeline.topics;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says which topics are on one broker alone in a cluster that has several: made when it had one, or by somebody else. That one dies, and
 * they are away; without Kafka's own topic of offsets no exporter goes on.
 */
final class SingleCopies {
    private static final Logger LOG = LoggerFactory.getLogger(SingleCopies.class);
    private static final String OFFSETS = "__consumer_offsets";
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private SingleCopies() {}

    /** Looks at these topics and at that of offsets; what can't be seen is passed over. */
    static void warn(Admin admin, Collection<String> topics, int brokers) {
        if (brokers < 2) {
            return;
        }
        List<String> asked = new ArrayList<>(topics);
        asked.add(OFFSETS);
        List<TopicDescription> seen = new ArrayList<>();
        for (KafkaFuture<TopicDescription> each :
                admin.describeTopics(asked).topicNameValues().values()) {
            try {
                seen.add(each.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
            } catch (ExecutionException | TimeoutException e) {
                LOG.debug("not seen", e); // made with the first group, or not for us to see
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        TreeSet<String> single = among(seen);
        if (!single.isEmpty()) {
            LOG.warn(
                    "of {} brokers one alone has {}: when it dies, signals and probes wait for it;"
                            + " add copies with kafka-reassign-partitions (docs/scale.md, Several brokers)",
                    brokers,
                    String.join(", ", single));
        }
    }

    /** Those with a partition that has one copy. */
    static TreeSet<String> among(Collection<TopicDescription> topics) {
        TreeSet<String> single = new TreeSet<>();
        for (TopicDescription topic : topics) {
            if (topic.partitions().stream()
                    .anyMatch(partition -> partition.replicas().size() == 1)) {
                single.add(topic.name());
            }
        }
        return single;
    }
}
