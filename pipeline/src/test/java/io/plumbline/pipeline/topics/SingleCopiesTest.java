package io.plumbline.pipeline.topics;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

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

    @Test
    void warn_asksTheCluster_andPassesOverWhatIsNotThere(@TempDir Path folder) {
        Logger logger = (Logger) LoggerFactory.getLogger(SingleCopies.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        logger.addAppender(said);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            PipelineTopics.ensure(Map.of("bootstrap.servers", broker.address()));
            assertThat(said.list).as("one broker is all that there is").isEmpty();

            SingleCopies.warn(admin, List.of("otlp_logs", "not-there"), 3);

            assertThat(said.list).hasSize(1);
            assertThat(said.list.get(0).getFormattedMessage()).contains("of 3 brokers one alone has otlp_logs:");
        } finally {
            logger.detachAppender(said);
        }
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
