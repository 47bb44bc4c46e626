package io.plumbline.pipeline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.text.YamlText;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.faults.Child;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/** Processes that pair are killed by {@code kill -9} in the middle; a receiver that merges by span id has every pair once. */
class PairerKilledTest {
    private static final int PAIRS = 3_000;
    private static final int BATCH = 100;
    private static final Duration SOON = Duration.ofSeconds(90);

    @TempDir
    private Path folder;

    @Test
    void kill_inTheMiddle_noPairIsLostOrDoubled() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), 0)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
            PipelineTopics.ensure(kafka);
            define(kafka);
            Child pairer = pairer(broker, 1);
            Child second = pairer(broker, 2);
            try {
                hits(broker.address(), 0, PAIRS / 3);
                pairer.kill();
                hits(broker.address(), PAIRS / 3, 2 * PAIRS / 3);
                second.kill();
                pairer = pairer(broker, 3);
                hits(broker.address(), 2 * PAIRS / 3, PAIRS);

                Map<String, Set<String>> byKey = received(broker.address());

                assertThat(byKey).as("pairs that came").hasSize(PAIRS);
                assertThat(byKey.values())
                        .as("span ids of one pair")
                        .allSatisfy(ids -> assertThat(ids).hasSize(1));
                pairer.stop();
            } finally {
                pairer.close();
                second.close();
            }
        }
    }

    private Child pairer(EmbeddedBroker broker, int number) throws Exception {
        return Child.start(
                folder.resolve("pairer-" + number + ".out"), "-Xmx128m", PairerMain.class, List.of(broker.address()));
    }

    private static void define(Map<String, Object> kafka) {
        String yaml = "{id: way, span: {by: order, points: {A: {at: 'Shop.java:1', attributes: {order: id}},"
                + " B: 'Pay.java:2'}}}";
        var probe = ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC());
        try (Producer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.PROBES, probe.id(), ProbeWriter.json(probe)));
        }
    }

    /** A second or two, in which pairs are open at any moment: each B comes a batch after its A. */
    private static void hits(String kafka, int from, int to) throws Exception {
        long now = System.currentTimeMillis() * 1_000_000L;
        try (Points shop = new Points(kafka, "shop-1", "host", 0);
                Points pay = new Points(kafka, "pay-1", "host", 0)) {
            for (int i = from; i <= to; i += BATCH) {
                for (int j = i; j < Math.min(to, i + BATCH); j++) {
                    shop.hit("way", "A", "o-" + j, now + j, SignalAttributes.VALUES, Map.of("order", "o-" + j));
                }
                shop.send();
                for (int j = i - BATCH; j < i; j++) {
                    if (j >= from) {
                        pay.hit("way", "B", "o-" + j, now + j + 1_000_000L);
                    }
                }
                pay.send();
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    /** The ids of the spans of each request, once there are all. */
    private static Map<String, Set<String>> received(String kafka) throws Exception {
        Map<String, Set<String>> byKey = new HashMap<>();
        long deadline = System.nanoTime() + SOON.toNanos();
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> all = consumer.partitionsFor(Topics.SPANS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            int quiet = 0;
            while (System.nanoTime() < deadline && (byKey.size() < PAIRS || quiet < 20)) {
                var polled = consumer.poll(Duration.ofMillis(100));
                quiet = polled.isEmpty() ? quiet + 1 : 0;
                for (ConsumerRecord<byte[], byte[]> each : polled) {
                    TracesData.parseFrom(each.value()).getResourceSpansList().stream()
                            .flatMap(resource -> resource.getScopeSpansList().stream())
                            .flatMap(scope -> scope.getSpansList().stream())
                            .forEach(span -> byKey.computeIfAbsent(order(span), any -> new HashSet<>())
                                    .add(HexFormat.of()
                                            .formatHex(span.getSpanId().toByteArray())));
                }
            }
        }
        return byKey;
    }

    private static String order(Span span) {
        return span.getAttributesList().stream()
                .filter(attribute -> attribute.getKey().equals("A.order"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }
}
