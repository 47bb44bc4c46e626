package io.plumbline.pipeline.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;

class SingleCopiesTest {
    private static final Node ONE = new Node(1, "127.0.0.1", 9092);
    private static final Node TWO = new Node(2, "127.0.0.1", 9093);

    @Test
    void among_onePartitionOfATopicHasOneCopy_isNamed() {
        assertThat(SingleCopies.among(List.of(
                        topic("otlp_logs", List.of(ONE, TWO), List.of(TWO)),
                        topic("otlp_spans", List.of(ONE, TWO), List.of(TWO, ONE)),
                        topic("__consumer_offsets", List.of(ONE)))))
                .containsExactly("__consumer_offsets", "otlp_logs");
    }

    @SafeVarargs
    private static TopicDescription topic(String name, List<Node>... partitions) {
        return new TopicDescription(
                name,
                false,
                Arrays.stream(partitions)
                        .map(nodes -> new TopicPartitionInfo(0, nodes.get(0), nodes, nodes))
                        .toList());
    }
}
