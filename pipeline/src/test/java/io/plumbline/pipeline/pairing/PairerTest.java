package io.plumbline.pipeline.pairing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.proto.trace.v1.Span;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.ProbeWriter;
import io.plumbline.config.text.YamlText;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pairing over a real broker: what instances send on the one side, what a backend has on the other. */
class PairerTest {
    private static final long MILLI = 1_000_000;
    private static final long SKEW = TimeUnit.SECONDS.toNanos(30);
    private static final long NOW = System.currentTimeMillis() * MILLI;
    private static final String TRACE = "0123456789abcdef0123456789abcdef";

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private Map<String, Object> kafka;
    private Receiver receiver;

    @BeforeEach
    void start() {
        broker = EmbeddedBroker.start(folder, 0);
        kafka = Map.of("bootstrap.servers", broker.address());
        PipelineTopics.ensure(kafka);
        receiver = new Receiver(broker.address());
    }

    @AfterEach
    void stop() {
        receiver.close();
        broker.close();
    }

    private void define(String yaml) {
        Probe probe = ProbeReader.written(YamlText.read(yaml, "test").get(0), Clock.systemUTC());
        try (Producer<String, String> producer =
                new KafkaProducer<>(kafka, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(Topics.PROBES, probe.id(), ProbeWriter.json(probe)));
            producer.flush();
        }
    }

    private static String way(String by, String within) {
        return "{id: way, span: {by: " + by + ", within: " + within
                + ", points: {A: 'Shop.java:1', B: 'Pay.java:2', C: 'Shop.java:3'}}}";
    }

    private Points points(String instance, String clock, long ahead) {
        return new Points(broker.address(), instance, clock, ahead);
    }

    private void await(int spans) {
        Eventually.get(() -> receiver.poll().spans.size(), count -> count >= spans);
    }

    @Test
    void points_ofTwoInstances_becomeSpansInTheTrace() {
        define(way("trace", "1m"));
        try (Pairer pairer = Pairer.start(kafka);
                Points shop = points("shop-1", "host", 0);
                Points pay = points("pay-1", "host", 0)) {
            pay.hit("way", "B", TRACE, NOW + 7 * MILLI, "trace", TRACE).send();
            shop.hit("way", "A", TRACE, NOW, "trace", TRACE)
                    .hit("way", "C", TRACE, NOW + 12 * MILLI, "trace", TRACE)
                    .send();
            await(2);

            Span first = receiver.named("way A→B").get(0);
            Span second = receiver.named("way B→C").get(0);
            assertThat(first.getEndTimeUnixNano() - first.getStartTimeUnixNano())
                    .isEqualTo(7 * MILLI);
            assertThat(second.getEndTimeUnixNano() - second.getStartTimeUnixNano())
                    .isEqualTo(5 * MILLI);
            assertThat(HexFormat.of().formatHex(first.getTraceId().toByteArray()))
                    .isEqualTo(TRACE);
            assertThat(first.getParentSpanId().byteAt(7)).as("the span at A").isEqualTo((byte) 'A');
            assertThat(second.getParentSpanId().byteAt(7)).isEqualTo((byte) 'B');
            assertThat(Receiver.text(first.getAttributesList(), "plumbline.latency.basis"))
                    .isEqualTo("host");
            Eventually.get(() -> receiver.poll().counted("plumbline.span.duration"), count -> count == 2);
        }
    }

    @Test
    void to_isOnTheSpans() {
        define(way("trace", "1m").replace("{id: way,", "{id: way, to: [audit],"));
        try (Pairer pairer = Pairer.start(kafka);
                Points shop = points("shop-1", "host", 0)) {
            shop.hit("way", "A", TRACE, NOW, "trace", TRACE)
                    .hit("way", "B", TRACE, NOW + MILLI, "trace", TRACE)
                    .send();
            await(1);

            Span span = receiver.named("way A→B").get(0);
            assertThat(Receiver.text(span.getAttributesList(), "plumbline.to")).isEqualTo("audit");
            assertThat(pairer.lost("came-again")).isZero();
        }
    }

    @Test
    void hits_thatComeTwice_countOnce() {
        define(way("trace", "1m"));
        try (Pairer pairer = Pairer.start(kafka);
                Points shop = points("shop-1", "host", 0)) {
            for (int i = 0; i < 2; i++) {
                shop.hit("way", "A", TRACE, NOW, "trace", TRACE)
                        .hit("way", "B", TRACE, NOW + MILLI, "trace", TRACE)
                        .send();
            }
            Eventually.get(() -> pairer.lost("came-again"), count -> count == 2);
            await(1);

            assertThat(receiver.poll().came).isEqualTo(1);
        }
    }

    @Test
    void hitsWithoutAPartner_areCountedAndShown() {
        define(way("order", "2s"));
        try (Pairer pairer = Pairer.start(kafka);
                Points shop = points("shop-1", "host", 0)) {
            for (int i = 0; i < 5; i++) {
                shop.hit("way", "A", "o-" + i, NOW + i);
            }
            shop.hit("way", "C", "o-9", NOW);
            shop.hit("nobody's", "C", "o-9", NOW).send();

            Eventually.get(() -> receiver.poll().counted("plumbline.span.unclosed"), count -> count == 5);
            assertThat(receiver.poll().logs)
                    .isNotEmpty()
                    .first()
                    .asString()
                    .matches("A without B after 2s \\(o-\\d\\)");
            Eventually.get(() -> receiver.poll().lost("not-led-to", "way"), count -> count == 1);
            Eventually.get(() -> receiver.poll().lost("unknown-probe", "nobody's"), count -> count == 1);
            assertThat(receiver.spans).isEmpty();
        }
    }

    @Test
    void expression_acrossTraces_isLinked() {
        String other = "ffffffffffffffffffffffffffffffff";
        define(way("order.id", "1m"));
        try (Pairer pairer = Pairer.start(kafka);
                Points shop = points("shop-1", "host", 0)) {
            shop.hit("way", "A", "o-1", NOW, "trace", TRACE)
                    .hit("way", "B", "o-1", NOW + MILLI, "trace", other)
                    .hit("way", "A", "o-2", NOW)
                    .hit("way", "B", "o-2", NOW + MILLI)
                    .hit("way", "C", "o-2", NOW + 2 * MILLI)
                    .send();
            await(3);

            Span linked = receiver.named("way A→B").stream()
                    .filter(span -> span.getLinksCount() > 0)
                    .findFirst()
                    .orElseThrow();
            assertThat(HexFormat.of().formatHex(linked.getTraceId().toByteArray()))
                    .isEqualTo(TRACE);
            assertThat(HexFormat.of().formatHex(linked.getLinks(0).getTraceId().toByteArray()))
                    .isEqualTo(other);
            assertThat(receiver.spans.values().stream()
                            .filter(span -> span.getLinksCount() == 0)
                            .map(Span::getTraceId)
                            .distinct())
                    .as("without a tracer the request's spans share a trace")
                    .hasSize(1);
        }
    }

    @Test
    void clocksThatDiffer_areCorrectedByHops_andUnboundedWithout() {
        define(way("trace", "1m"));
        try (Pairer pairer = Pairer.start(kafka);
                Points shop = points("shop-1", "here", 0);
                Points pay = points("pay-1", "there", SKEW)) {
            shop.hit("way", "A", TRACE, NOW, "trace", TRACE)
                    .hop(TRACE, "client", "aaaaaaaaaaaaaaaa", NOW + MILLI, NOW + 9 * MILLI)
                    .send();
            pay.hit("way", "B", TRACE, NOW + 5 * MILLI, "trace", TRACE)
                    .hop(TRACE, "server", "aaaaaaaaaaaaaaaa", NOW + 3 * MILLI, NOW + 8 * MILLI)
                    .send();
            await(1);
            Span span = receiver.named("way A→B").get(0);
            long nanos = span.getEndTimeUnixNano() - span.getStartTimeUnixNano();
            long bound = Long.parseLong(Receiver.text(span.getAttributesList(), "plumbline.latency.bound_ns"));
            assertThat(Receiver.text(span.getAttributesList(), "plumbline.latency.basis"))
                    .isEqualTo("hops");
            assertThat(bound).as("one call alone: within its duration").isBetween(6 * MILLI, 8 * MILLI);
            assertThat(Math.abs(nanos - 5 * MILLI)).isLessThanOrEqualTo(bound);
            Eventually.get(
                    () -> receiver.poll().gauged("plumbline.span.bound"),
                    seconds -> Math.abs(seconds * 1e9 - bound) < 1_000);
            assertThat(receiver.counted("plumbline.span.unbounded")).isZero();
        }
        try (Pairer pairer = Pairer.start(kafka);
                Points shop = points("shop-1", "here", 0);
                Points far = points("pay-2", "far away", SKEW)) {
            String trace = "a" + TRACE.substring(1);
            shop.hit("way", "A", trace, NOW, "trace", trace).send();
            far.hit("way", "B", trace, NOW + 5 * MILLI, "trace", trace).send();
            await(2);

            assertThat(receiver.spans.values().stream()
                            .map(span -> Receiver.text(span.getAttributesList(), "plumbline.latency.basis")))
                    .contains("unbounded");
            Eventually.get(() -> receiver.poll().counted("plumbline.span.unbounded"), count -> count == 1);
        }
    }

    @Test
    void oneThatDies_losesNothing_andDoublesNothing() throws Exception {
        int pairs = Integer.getInteger("pairs", 20_000);
        define("{id: way, span: {by: order, within: 1m, points: {A: 'Shop.java:1', B: 'Pay.java:2'}}}");
        try (Points shop = points("shop-1", "host", 0);
                Points pay = points("pay-1", "host", 0)) {
            Pairer first = Pairer.start(kafka);
            for (int i = 0; i < pairs; i++) {
                shop.hit("way", "A", "o-" + i, NOW + i);
                if (i % 100 == 99) {
                    shop.send();
                }
                // the other end of a request comes some hundred requests later
                if (i >= 500) {
                    pay.hit("way", "B", "o-" + (i - 500), NOW + i + MILLI);
                }
                if (i % 100 == 99) {
                    pay.send();
                }
                if (i == pairs / 2) {
                    Eventually.get(() -> receiver.poll().spans.size(), count -> count > pairs / 10);
                    first.kill();
                }
            }
            for (int i = pairs - 500; i < pairs; i++) {
                pay.hit("way", "B", "o-" + i, NOW + pairs + i + MILLI);
            }
            pay.send();
            try (Pairer second = Pairer.start(kafka)) {
                await(pairs);
                Eventually.get(() -> receiver.poll().counted("plumbline.span.duration"), count -> count >= pairs);

                assertThat(receiver.poll().spans).hasSize(pairs);
                assertThat(receiver.counted("plumbline.span.duration"))
                        .as("at most what was told in the last second before it died is counted twice")
                        .isBetween((long) pairs, pairs + pairs / 2L);
                assertThat(receiver.named("way A→B")).hasSize(pairs);
            }
        }
    }

    @Test
    void twoProcesses_shareThePartitions() {
        define("{id: way, span: {by: order, within: 1m, points: {A: 'Shop.java:1', B: 'Pay.java:2'}}}");
        try (Points shop = points("shop-1", "host", 0);
                Pairer one = Pairer.start(kafka);
                Pairer other = Pairer.start(kafka)) {
            for (int i = 0; i < 2_000; i++) {
                shop.hit("way", "A", "o-" + i, NOW + i);
            }
            shop.send();
            one.close(); // gives its partitions up with hits that wait in them
            for (int i = 0; i < 2_000; i++) {
                shop.hit("way", "B", "o-" + i, NOW + i + MILLI);
            }
            shop.send();
            await(2_000);

            assertThat(receiver.poll().spans).hasSize(2_000);
        }
    }

    @Test
    void hitsThatWait_areBounded() {
        define("{id: way, span: {by: order, within: 1h, points: {A: 'Shop.java:1', B: 'Pay.java:2'}}}");
        try (Pairer pairer = Pairer.start(kafka, 1_000);
                Points shop = points("shop-1", "host", 0)) {
            for (int i = 0; i < 10_000; i++) {
                shop.hit("way", "A", "o-" + i, NOW + i);
            }
            shop.send();
            Eventually.get(() -> pairer.lost("too-many-wait"), count -> count >= 10_000 - 4 * 1_000);
            shop.hit("way", "A", "o-new", NOW)
                    .hit("way", "B", "o-new", NOW + MILLI)
                    .send();
            await(1);
        }
    }

    @Test
    void sampledOutPartners_areNotMissed() {
        define(way("order", "2s"));
        try (Pairer pairer = Pairer.start(kafka);
                Points shop = points("shop-1", "host", 0)) {
            for (int i = 0; i < 64; i++) {
                String key = "o-" + i;
                shop.hit("way", "A", key, NOW + i);
                if (io.plumbline.config.wire.PointAttributes.isTaken(key, 8)) {
                    shop.hit("way", "B", key, NOW + i + MILLI, "plumbline.point.every", 8L);
                }
            }
            shop.send();
            Eventually.get(() -> receiver.poll().counted("plumbline.span.duration"), count -> count > 0);
            Eventually.get(
                    () -> receiver.poll().counted("plumbline.span.unclosed"),
                    count -> count >= 8L * receiver.spans.size());

            assertThat(receiver.poll().counted("plumbline.span.unclosed"))
                    .as("B without C, of which each stands for eight")
                    .isEqualTo(8L * receiver.spans.size());
            assertThat(receiver.counted("plumbline.span.duration")).isEqualTo(8L * receiver.spans.size());
        }
    }
}
