import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Copies every record of our topics into a file, a record a line; bytes in Base64. */
final class CopyTopics {
    public static void main(String[] args) throws Exception {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", args[0]);
        try (KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
                Writer out = new OutputStreamWriter(
                        new GZIPOutputStream(Files.newOutputStream(Path.of(args[1]))), StandardCharsets.UTF_8)) {
            for (Map.Entry<String, List<PartitionInfo>> topic : new TreeMap<>(consumer.listTopics()).entrySet()) {
                if (topic.getKey().startsWith("plumbline_") || topic.getKey().startsWith("otlp_")) {
                    for (PartitionInfo partition : topic.getValue()) {
                        copy(consumer, new TopicPartition(topic.getKey(), partition.partition()), out);
                    }
                }
            }
        }
    }

    private static void copy(KafkaConsumer<byte[], byte[]> consumer, TopicPartition from, Writer out) throws Exception {
        consumer.assign(List.of(from));
        consumer.seekToBeginning(List.of(from));
        long end = consumer.endOffsets(List.of(from)).get(from);
        while (consumer.position(from) < end) {
            for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                out.write(line(each));
            }
        }
    }

    private static String line(ConsumerRecord<byte[], byte[]> each) {
        List<String> headers = new ArrayList<>();
        for (Header header : each.headers()) {
            headers.add("[\"" + header.key() + "\"," + text(header.value()) + "]");
        }
        return "{\"topic\":\"" + each.topic() + "\",\"partition\":" + each.partition() + ",\"at\":" + each.timestamp()
                + ",\"key\":" + text(each.key()) + ",\"value\":" + text(each.value()) + ",\"headers\":["
                + String.join(",", headers) + "]}\n";
    }

    private static String text(byte[] bytes) {
        return bytes == null ? "null" : "\"" + Base64.getEncoder().encodeToString(bytes) + "\"";
    }
}
