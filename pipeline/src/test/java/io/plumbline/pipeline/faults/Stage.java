package io.plumbline.pipeline.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** What the cells share: a broker in a process of its own, a backend for each exporter. */
final class Stage implements AutoCloseable {
    private static final String HEAP = "-Xmx96m";
    private static final String BROKER_HEAP = "-Xmx512m";

    private final Path folder;
    private final int port;
    private final Map<Dialect, Endpoint> backends = new EnumMap<>(Dialect.class);
    private Child broker;
    private int processes;
    private int base;

    Stage(Path folder) throws Exception {
        this.folder = folder;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = socket.getLocalPort();
        }
        for (Dialect dialect : Dialect.values()) {
            backends.put(dialect, dialect.isScraped() ? new Scraper() : new Backend(dialect));
        }
        this.broker = startBroker();
        PipelineTopics.ensure(Map.of("bootstrap.servers", kafka()));
    }

    String kafka() {
        return "127.0.0.1:" + port;
    }

    Child broker() {
        return broker;
    }

    /** Numbers of the cell begin here. */
    int base() {
        return base;
    }

    Cell.Result run(Fault fault, Dialect dialect) throws Exception {
        base += Numbered.CELL;
        return new Cell(this, fault, dialect, backends.get(dialect)).run();
    }

    private Child startBroker() throws Exception {
        Path output = folder.resolve("broker-" + ++processes + ".out");
        return Child.start(
                output,
                BROKER_HEAP,
                BrokerMain.class,
                List.of(folder.resolve("kafka").toString(), String.valueOf(port)));
    }

    void replaceBroker(boolean kill) throws Exception {
        if (kill) {
            broker.kill();
        } else {
            broker.stop();
        }
        broker = startBroker();
    }

    synchronized Child host(Dialect dialect, String url) throws Exception {
        List<String> arguments = new ArrayList<>(List.of(kafka(), dialect.exporter()));
        dialect.settings(url).forEach((key, value) -> arguments.add(key + "=" + value));
        return Child.start(folder.resolve("host-" + ++processes + ".out"), HEAP, HostMain.class, arguments);
    }

    /** What other cells have sent is not for this one: the exporter's group goes on behind it. */
    void passOver(Dialect dialect) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka()))) {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            // an exporter may read more topics than it is sent numbers by
            for (TopicDescription topic : admin.describeTopics(List.of(Topics.LOGS, Topics.METRICS, Topics.SPANS))
                    .allTopicNames()
                    .get()
                    .values()) {
                topic.partitions()
                        .forEach(partition -> wanted.put(
                                new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest()));
            }
            Map<TopicPartition, OffsetAndMetadata> ends = new HashMap<>();
            admin.listOffsets(wanted)
                    .all()
                    .get()
                    .forEach((partition, end) -> ends.put(partition, new OffsetAndMetadata(end.offset())));
            admin.alterConsumerGroupOffsets("plumbline-" + dialect.exporter(), ends)
                    .all()
                    .get();
        }
    }

    /** Signals of an exporter among the dead letters; a record that can't be read counts one. */
    long letters(String exporter) {
        long signals = 0;
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka()), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(PipelineTopics.DEAD_LETTERS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            Map<TopicPartition, Long> ends = consumer.endOffsets(all);
            while (all.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (ConsumerRecord<byte[], byte[]> letter : consumer.poll(Duration.ofMillis(100))) {
                    signals += header(letter, "exporter").equals(exporter) ? count(header(letter, "signals")) : 0;
                }
            }
        }
        return signals;
    }

    private static int count(String signals) {
        return signals.isEmpty() ? 1 : signals.split(",").length;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader("plumbline." + name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        broker.close();
        backends.values().forEach(Endpoint::close);
    }
}
