package io.plumbline.pipeline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.text.YamlText;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How many pairs a second go through pairing, from Kafka to Kafka, with broker, pairing and the one who counts in one process. The
 * normal build takes a few; {@code -Dthroughput.pairs=1000000} says more. Prints the figure and asserts no time.
 */
class PairingThroughputTest {
    private static final int BATCH = 2_000;

    private static final int[] SPANS_AT = {
        TracesData.RESOURCE_SPANS_FIELD_NUMBER, ResourceSpans.SCOPE_SPANS_FIELD_NUMBER, ScopeSpans.SPANS_FIELD_NUMBER
    };

    @TempDir
    private Path folder;

    @Test
    void pairs_aSecond() throws Exception {
        int pairs = Integer.getInteger("throughput.pairs", 20_000);
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
            PipelineTopics.ensure(kafka);
            define(kafka);
            hits(broker.address(), pairs);
            long cpu = cpuNanos();
            long start = System.nanoTime();
            long counted;
            try (Pairer pairer = Pairer.start(kafka)) {
                counted = count(broker.address(), pairs);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "pairing: %d pairs in %.1f s, %.0f a second, %.1f µs of processor time each%n",
                    pairs,
                    seconds,
                    pairs / seconds,
                    (cpuNanos() - cpu) / 1e3 / pairs);

            assertThat(counted).isEqualTo(pairs);
        }
    }

    /** Of the whole process: broker and counting too. */
    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }

    private static void define(Map<String, Object> kafka) {
        String yaml = "{id: way, span: {by: order, points: {A: 'Shop.java:1', B: 'Pay.java:2'}}}";
        var probe = ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC());
        try (Producer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.PROBES, probe.id(), ProbeWriter.json(probe)));
        }
    }

    private static void hits(String kafka, int pairs) {
        long now = System.currentTimeMillis() * 1_000_000L;
        try (Points shop = new Points(kafka, "shop-1", "host", 0);
                Points pay = new Points(kafka, "pay-1", "host", 0)) {
            for (int i = 0; i < pairs; i += BATCH) {
                for (int j = i; j < Math.min(pairs, i + BATCH); j++) {
                    shop.hit("way", "A", "o-" + j, now + j);
                    pay.hit("way", "B", "o-" + j, now + j + 1_000_000L);
                }
                shop.send();
                pay.send();
            }
        }
    }

    private static long count(String kafka, int pairs) throws Exception {
        long counted = 0;
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka, "auto.offset.reset", "earliest"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(Topics.SPANS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            while (counted < pairs && System.nanoTime() < deadline) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(50))) {
                    counted += spans(CodedInputStream.newInstance(each.value()), SPANS_AT);
                }
            }
        }
        return counted;
    }

    /** The spans in a message, found by the numbers of the fields that lead to them: who counts should cost little. */
    private static long spans(CodedInputStream in, int[] path) throws IOException {
        long found = 0;
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            if (WireFormat.getTagFieldNumber(tag) != path[0] || path.length == 1) {
                found += WireFormat.getTagFieldNumber(tag) == path[0] ? 1 : 0;
                in.skipField(tag);
            } else {
                int limit = in.pushLimit(in.readRawVarint32());
                found += spans(in, Arrays.copyOfRange(path, 1, path.length));
                in.popLimit(limit);
            }
        }
        return found;
    }
}
