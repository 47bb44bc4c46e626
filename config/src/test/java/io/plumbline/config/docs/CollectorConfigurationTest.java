package io.plumbline.config.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.plumbline.config.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The configurations of docs/collector.md, as far as can be told without a Collector: they are YAML, their Kafka parts have keys that
 * the Collector's documentation has (version 0.165), and name our topics. With a Collector: demo/src/collector/run.
 */
class CollectorConfigurationTest {
    private static final Pattern BLOCK = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);
    private static final Set<String> RECEIVER = Set.of(
            "brokers",
            "group_id",
            "initial_offset",
            "message_marking.after",
            "message_marking.on_error",
            "error_backoff.enabled",
            "error_backoff.initial_interval",
            "error_backoff.max_interval",
            "error_backoff.max_elapsed_time");
    private static final Set<String> EXPORTER = Set.of(
            "brokers",
            "partition_metrics_by_resource_attributes",
            "record_partitioner.sticky_key.hasher",
            "producer.required_acks",
            "producer.compression",
            "producer.allow_auto_topic_creation");

    @Test
    void kafkaReceivers_haveKnownKeys_andOurTopics() throws IOException {
        List<JsonNode> receivers = parts("/receivers/kafka");

        assertThat(receivers).hasSize(2).allSatisfy(receiver -> {
            assertThat(keys(receiver)).allMatch(key -> RECEIVER.contains(key) || isOfSignal(key, "topics"));
            assertThat(receiver.at("/traces/topics/0").asText()).isEqualTo(Topics.SPANS);
            assertThat(receiver.at("/traces/encoding").asText()).isEqualTo("otlp_proto");
        });
        assertThat(receivers.get(0).at("/logs/topics/0").asText()).isEqualTo(Topics.LOGS);
        assertThat(receivers.get(0).at("/metrics/topics/0").asText()).isEqualTo(Topics.METRICS);
    }

    @Test
    void kafkaExporter_hasKnownKeys_andOurTopics() throws IOException {
        List<JsonNode> exporters = parts("/exporters/kafka");

        assertThat(exporters).hasSize(1).allSatisfy(exporter -> {
            assertThat(keys(exporter)).allMatch(key -> EXPORTER.contains(key) || isOfSignal(key, "topic"));
            assertThat(exporter.at("/logs/topic").asText()).isEqualTo(Topics.LOGS);
            assertThat(exporter.at("/metrics/topic").asText()).isEqualTo(Topics.METRICS);
            assertThat(exporter.at("/traces/topic").asText()).isEqualTo(Topics.SPANS);
        });
    }

    private static boolean isOfSignal(String key, String topic) {
        return key.matches("(logs|metrics|traces)\\.(" + topic + "|encoding)");
    }

    private static List<JsonNode> parts(String path) throws IOException {
        Matcher block = BLOCK.matcher(Files.readString(Path.of("../docs/collector.md")));
        List<JsonNode> parts = new ArrayList<>();
        while (block.find()) {
            JsonNode part =
                    new ObjectMapper(new YAMLFactory()).readTree(block.group(1)).at(path);
            if (!part.isMissingNode()) {
                parts.add(part);
            }
        }
        return parts;
    }

    /** With dots, of everything that is no mapping. */
    private static Set<String> keys(JsonNode node) {
        Set<String> keys = new TreeSet<>();
        node.properties().forEach(field -> {
            if (field.getValue().isObject()) {
                keys(field.getValue()).forEach(key -> keys.add(field.getKey() + "." + key));
            } else {
                keys.add(field.getKey());
            }
        });
        return keys;
    }
}
