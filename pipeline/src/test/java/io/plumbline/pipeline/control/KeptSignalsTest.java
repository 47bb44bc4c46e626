package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.Asking.Answer;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last signals of a probe, read back from a real broker. */
final class KeptSignalsTest {
    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static ControlPlane control;
    private static Asking api;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void start() {
        broker = EmbeddedBroker.start(folder, 0);
        PipelineTopics.ensure(kafka());
        producer = new KafkaProducer<>(kafka(), new ByteArraySerializer(), new ByteArraySerializer());
        startControl();
        for (String id : List.of("kept", "busy", "bounded", "long")) {
            api.post("/probes", "{id: " + id + ", at: 'shop.OrderService:42', log: x}");
        }
        api.post("/probes", "{id: counted, at: 'shop.OrderService:42', count: orders}");
    }

    @AfterAll
    static void stop() {
        producer.close();
        control.close();
        broker.close();
    }

    @Test
    void signalsThatNobodyWatched_areThere_newestLast_alsoAfterARestart() throws Exception {
        for (int i = 1; i <= 30; i++) {
            send(Topics.LOGS, i % 4, Otlp.logs("shop", "kept", "order " + i));
            send(Topics.LOGS, i % 4, Otlp.logs("shop", "kept-too", "not this"));
        }

        Answer all = api.get("/probes/kept/signals");
        assertThat(bodies(all)).hasSize(30).startsWith("order 1", "order 2").endsWith("order 29", "order 30");
        assertThat(all.text("complete")).isEqualTo("true");
        assertThat(all.body()).contains("\"kind\":\"log\"", "\"instance\":\"shop-1\"", "\"uid\":\"order 30\"");

        control.close();
        startControl();

        assertThat(bodies(api.get("/probes/kept/signals?limit=2"))).containsExactly("order 29", "order 30");
        assertThat(api.get("/probes/kept/signals?since=10m&limit=1000").text("matching"))
                .isEqualTo("30");
        assertThat(bodies(api.get("/probes/kept/signals?since=2200-01-01T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void ofMetrics_theLastPointOfEachSeriesIsThere() throws Exception {
        for (long value = 1; value <= 5; value++) {
            send(Topics.METRICS, 1, Otlp.count("shop", "counted", "orders", value));
            send(Topics.METRICS, 2, Otlp.count("pay", "counted", "orders", 10 * value));
            TimeUnit.MILLISECONDS.sleep(2);
        }

        Answer answer = api.get("/probes/counted/signals");

        assertThat(texts(answer, "value")).containsExactlyInAnyOrder("5.0", "50.0");
        assertThat(answer.text("matching")).isEqualTo("10");
    }

    @Test
    void aLongTopic_isNotReadWhole_andTheAnswerSaysSo() throws Exception {
        send(Topics.LOGS, 0, Otlp.logs("shop", "long", "the first"));
        long start = System.currentTimeMillis() - 3_000;
        for (int i = 0; i < 3_000; i++) {
            producer.send(
                    new ProducerRecord<>(Topics.LOGS, i % 4, start + i, null, Otlp.logs("shop", "long", "more " + i)));
        }
        producer.flush();

        Answer few = api.get("/probes/long/signals?limit=3");

        assertThat(bodies(few)).containsExactly("more 2997", "more 2998", "more 2999");
        assertThat(few.text("complete")).isEqualTo("false");
        assertThat(Long.parseLong(few.text("searchedBack"))).isLessThanOrEqualTo(System.currentTimeMillis());
        assertThat(Integer.parseInt(few.text("matching"))).isBetween(3, 2_999);
        assertThat(bodies(api.get("/probes/long/signals?limit=1000")))
                .hasSize(1_000)
                .endsWith("more 2999");
    }

    @Test
    void tokenWithBounds_readsWhatIsWithin() throws Exception {
        send(Topics.LOGS, 0, Otlp.logs("shop", "bounded", "of the shop"));
        send(Topics.LOGS, 0, Otlp.logs("pay", "bounded", "of payments"));
        String token = api.post("/tokens", "{\"name\": \"pay-only\", \"role\": \"viewer\", \"services\": [\"pay\"]}")
                .text("token");

        assertThat(bodies(new Asking(control.address(), token).get("/probes/bounded/signals")))
                .containsExactly("of payments");
    }

    @Test
    void manyAtOnce_areSentAwayWithATime_andOthersAreServed() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            producer.send(
                    new ProducerRecord<>(Topics.LOGS, i % 4, null, Otlp.logs("shop", "busy", ("x" + i).repeat(2_000))));
        }
        producer.flush();

        List<CompletableFuture<Answer>> answers = IntStream.range(0, 16)
                .mapToObj(i -> CompletableFuture.supplyAsync(
                        () -> api.get("/probes/busy/signals?limit=1000"), task -> new Thread(task).start()))
                .toList();
        assertThat(api.get("/instances").status()).isEqualTo(200);

        List<Answer> all = new ArrayList<>();
        answers.forEach(each -> all.add(each.join()));
        assertThat(all).extracting(Answer::status).contains(200).containsOnly(200, 503);
        assertThat(all)
                .filteredOn(each -> each.status() == 503)
                .allSatisfy(each -> assertThat(each.detail()).contains("try again in 2 seconds"));
    }

    @Test
    void whatCantBeAsked_isASentence() {
        assertThat(api.get("/probes/kep/signals").detail()).contains("did you mean 'kept'?");
        assertThat(api.get("/probes/kept/signals?limit=1001").detail())
                .contains("limit must be a whole number from 1 to 1000");
        assertThat(api.get("/probes/kept/signals?since=yesterday").detail()).contains("since must be a time such as");
    }

    private static void startControl() {
        control = ControlPlane.start(folder, 0, kafka(), List::of);
        api = new Asking(control.address());
    }

    private static Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }

    private static void send(String topic, int partition, byte[] value) throws Exception {
        producer.send(new ProducerRecord<>(topic, partition, null, value)).get(10, TimeUnit.SECONDS);
    }

    private static List<String> bodies(Answer answer) {
        return texts(answer, "body");
    }

    private static List<String> texts(Answer answer, String key) {
        Node signals = ((Node.Mapping) NodeReader.json(answer.body(), "answer"))
                .entries()
                .get("signals");
        return ((Node.Sequence) signals)
                .items().stream()
                        .map(item ->
                                ((Node.Scalar) ((Node.Mapping) item).entries().get(key)).text())
                        .toList();
    }
}
