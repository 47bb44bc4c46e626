package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.config.pairing.PairingIds;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures, requests and differences of kept signals, over a real broker. */
final class ExploringTest {
    private static final long MILLI = 1_000_000;

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static ControlPlane control;
    private static Asking api;
    private static KafkaProducer<byte[], byte[]> producer;
    private static final long NOW = System.currentTimeMillis() * MILLI;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        PipelineTopics.ensure(kafka());
        producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
        control = ControlPlane.start(
                folder,
                0,
                kafka(),
                List::of,
                () -> "",
                ControlSettings.of(Map.of("control.console.jaeger.url", "http://jaeger:16686/trace/{trace}")));
        api = new Asking(control.address());
        for (String id : List.of("way", "brief")) {
            api.post("/probes", "{id: " + id + ", span: {points: {A: 'S:1', B: 'S:2', C: 'S:3'}}}");
        }
        api.post("/probes", "{id: shot, at: 'S:1', snapshot: true}");
        api.post("/probes", "{id: plain, at: 'S:1', log: x}");
    }

    @AfterAll
    static void stop() {
        producer.close();
        control.close();
        broker.close();
    }

    @Test
    void latency_hasFiguresOfEachPairAndTheWholeWay() {
        for (int i = 1; i <= 100; i++) {
            long start = NOW + i * 100 * MILLI;
            span("way", "shop", "A", "B", i, start, i * MILLI, Map.of("plumbline.span.key", "order-" + i));
            span("way", "shop", "B", "C", i, start + i * MILLI, MILLI, Map.of());
        }
        span("way", "shop", "A", "B", 1, NOW + 100 * MILLI, MILLI, Map.of()); // delivered again
        producer.flush();

        JsonNode latency = json("/probes/way/latency?since=1h");

        assertThat(latency.at("/spans").asInt()).isEqualTo(200);
        assertThat(latency.at("/pairs/0/p50").asLong()).isEqualTo(50 * MILLI);
        assertThat(latency.at("/pairs/0/p99").asLong()).isEqualTo(99 * MILLI);
        assertThat(latency.at("/whole/count").asInt()).isEqualTo(100);
        assertThat(latency.at("/whole/max").asLong()).isEqualTo(101 * MILLI);
        assertThat(latency.at("/slowest")).hasSize(10);
        assertThat(latency.at("/slowest/0/key").asText()).isEqualTo("order-100");
        assertThat(latency.at("/slowest/0/points/2/offsetMicros").asLong()).isEqualTo(101_000);

        JsonNode request =
                json("/probes/way/traces/" + latency.at("/slowest/0/traceId").asText());
        assertThat(request.at("/spans")).hasSize(2);
        assertThat(request.at("/missing")).isEmpty();
        assertThat(json("/probes/way/traces/order-7").at("/spans/0/from").asText())
                .isEqualTo("A");

        Asking pay = as("viewer", ", \"services\": [\"pay\"]");
        assertThat(OpenApi.read(pay.get("/probes/way/latency").body())
                        .at("/spans")
                        .asInt())
                .isZero();
        assertThat(pay.get("/probes/way/traces/order-7").status()).isEqualTo(404);

        api.delete("/probes/way");
        assertThat(json("/probes/way/latency").at("/whole/count").asInt()).isEqualTo(100);
    }

    @Test
    void requestWithoutATrace_isFoundByItsKey_andLacksWhatNeverCame() {
        String trace = PairingIds.traceId("brief", "order-1");
        assertThat(trace).hasSize(32);
        span("brief", "shop", "A", "B", 77, NOW, MILLI, Map.of("plumbline.span.key", "order-1"));
        producer.flush();

        JsonNode request = json("/probes/brief/traces/order-1");

        assertThat(request.at("/missing/0").asText()).isEqualTo("C");
        assertThat(request.at("/spans/0/toInstance").asText()).isEqualTo("shop-1");
    }

    @Test
    void whatHasNoSpans_isToldSo() {
        assertThat(api.get("/probes/plain/latency").detail()).contains("it is no span probe");
        assertThat(api.get("/probes/nothing/latency").status()).isEqualTo(404);
        assertThat(api.get("/probes/brief/traces/x").detail()).contains("no span of the request 'x'");
        assertThat(api.get("/probes/brief/latency?since=x").status()).isEqualTo(400);
        assertThat(as("assistant", "").get("/probes/brief/latency").status()).isEqualTo(403);
    }

    @Test
    void snapshots_areGroupedByShape_andWhatTellsTheFailingApartComesFirst() {
        for (int i = 0; i < 10; i++) {
            snapshot("good-" + i, 100 + i * 7 % 10, "GOLD");
            snapshot("bad-" + i, 100 + i * 3 % 10, null);
        }
        producer.flush();

        JsonNode groups = json("/probes/shot/groups").at("/groups");
        assertThat(groups).hasSize(2);
        assertThat(groups.at("/0/count").asInt()).isEqualTo(10);
        assertThat(groups.at("/0/shape/0").toString()).isEqualTo("{\"name\":\"order\",\"type\":\"shop.Order\"}");
        assertThat(groups.at("/0/stack").asText())
                .isNotEqualTo(groups.at("/1/stack").asText());

        JsonNode two = json("/probes/shot/compare?a=good-0&b=bad-0");
        assertThat(two.at("/differences")).hasSize(1);
        assertThat(two.at("/differences/0").toString())
                .isEqualTo("{\"path\":\"order.tier\",\"kind\":\"changed\",\"left\":\"GOLD\",\"right\":null}");

        JsonNode sets = json("/probes/shot/compare?left=bad-0,bad-1,bad-2,bad-3&right=good-0,good-1,good-2,good-3");
        assertThat(sets.at("/paths/0/path").asText()).isEqualTo("order.tier");
        assertThat(sets.at("/paths/0/score").asDouble()).isEqualTo(1);
        assertThat(sets.at("/paths/0/left/0").toString()).isEqualTo("{\"value\":null,\"count\":4}");
        assertThat(sets.at("/sameStack").asBoolean()).isFalse();
        assertThat(api.get("/probes/shot/compare?a=good-0&b=nothing").detail()).contains("no snapshot nothing");
    }

    private static void snapshot(String uid, long id, String tier) {
        byte[] value = Otlp.snapshot(
                "shop", "shot", uid, id, tier, "at shop.Order.pay(Order.java:" + (tier == null ? 1 : 2) + ")");
        producer.send(new ProducerRecord<>(Topics.LOGS, 0, null, value));
    }

    @Test
    void console_isToldWhereTracesAre() {
        assertThat(json("/settings/console").at("/jaeger").asText()).isEqualTo("http://jaeger:16686/trace/{trace}");
    }

    private static JsonNode json(String path) {
        return OpenApi.read(api.get(path).body());
    }

    private static Asking as(String role, String more) {
        String name = role + "-" + System.nanoTime();
        String body = "{\"name\": \"" + name + "\", \"role\": \"" + role + "\"" + more + "}";
        return new Asking(control.address(), api.post("/tokens", body).text("token"));
    }

    private static void span(
            String probe,
            String service,
            String from,
            String to,
            long trace,
            long start,
            long nanos,
            Map<String, ?> more) {
        Map<String, Object> attributes = new HashMap<>(more);
        attributes.put("plumbline.probe.id", probe);
        attributes.put("plumbline.latency.basis", "process");
        producer.send(new ProducerRecord<>(
                Topics.SPANS, 0, null, Otlp.pair(attributes, service, from, to, trace, start, nanos)));
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }
}
