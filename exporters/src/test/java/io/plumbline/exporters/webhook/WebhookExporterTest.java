package io.plumbline.exporters.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.exporters.Exporter;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.HttpExporterKit;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.ScriptedBackend.Request;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.Signal;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a scripted receiver of our own form: what is sent, when, and what answers mean. */
class WebhookExporterTest extends HttpExporterKit {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final WebhookTime time = new WebhookTime();

    @Override
    protected ExporterFactory factory() {
        return new WebhookExporterFactory();
    }

    @Override
    protected Map<String, String> settings(URI backend, Duration timeout) {
        return Map.of(
                "webhook.url",
                backend + "/hooks/" + secret() + "?key=" + secret(),
                "webhook.header.Authorization",
                "Bearer " + secret(),
                "webhook.link",
                "https://plumb.example.com/#/probes/{probe}",
                "webhook.interval",
                "1ms",
                "webhook.timeout",
                timeout.toMillis() + "ms");
    }

    @Override
    protected String secret() {
        return "tok-4711-secret";
    }

    @Override
    protected Reply accepted(Request request) {
        return Reply.status(204);
    }

    @Test
    void export_batch_isOneMessageWithAllGroups() throws Exception {
        exporter()
                .export(List.of(
                        WebhookSignals.log("u-1", "orders", "shop", "one", Map.of()),
                        WebhookSignals.hit("u-2", "orders", "payments", "two"),
                        WebhookSignals.log("u-3", "orders", "shop", "three", Map.of("plumbline.weight", 10L), 2)));

        Request request = onlyRequest();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hooks/" + secret() + "?key=" + secret());
        assertThat(request.headers())
                .containsEntry("content-type", "application/json")
                .containsEntry("authorization", "Bearer " + secret())
                .doesNotContainKey("content-encoding");
        JsonNode json = MAPPER.readTree(request.text());
        assertThat(json.get("plumbline").asInt()).isEqualTo(1);
        assertThat(json.get("groups")).hasSize(2);
        assertThat(json.get("groups").get(0)).isEqualTo(MAPPER.readTree("""
                        {"probe": "orders", "service": "shop", "event": "plumbline.log", "count": 2, "weight": 11,
                         "first": "2026-11-23T10:31:07.250000001Z", "last": "2026-11-23T10:31:09.250000001Z",
                         "severity": "INFO", "message": "three", "trace": "4bf92f3577b34da6a3ce929d0e0e4736",
                         "link": "https://plumb.example.com/#/probes/orders"}
                        """));
    }

    @Test
    void export_idOfTheMessage_isInHeaderAndBodyAndStaysWhenRepeated() throws Exception {
        backend().next(Reply.status(503));
        exporter().export(batch(3));
        exporter().export(batch(3));
        exporter().export(batch(2));

        List<Request> requests = backend().requests();
        List<String> ids =
                requests.stream().map(it -> it.headers().get("idempotency-key")).toList();
        assertThat(MAPPER.readTree(requests.get(0).text()).get("id").asText())
                .isEqualTo(ids.get(0))
                .matches("[0-9a-f]{32}");
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
        assertThat(requests.get(1).text()).isEqualTo(requests.get(0).text());
    }

    @Test
    void export_recordsOfNoProbe_areDeliveredWithoutAWord() throws Exception {
        Signal foreign = TestSignals.log("started", Map.of("log.record.uid", "u-1"));

        assertThat(exporter().export(List.of(foreign))).isEqualTo(Outcome.delivered());
        assertThat(backend().requests()).isEmpty();
    }

    @Test
    void export_longMessage_isCutWithAMark() throws Exception {
        exporter().export(List.of(WebhookSignals.hit("u-1", "p", "s", "🙂".repeat(40_000))));

        JsonNode group = MAPPER.readTree(onlyRequest().text()).get("groups").get(0);
        assertThat(group.get("message").asText())
                .hasSizeBetween(JsonForm.MESSAGE_CHARS - 1, JsonForm.MESSAGE_CHARS)
                .matches("(🙂)+… \\[cut: 80000 characters]");
    }

    @Test
    void export_withinTheInterval_waitsForTheRestOfIt() throws Exception {
        try (Exporter exporter = withInterval("10s")) {
            exporter.export(batch(1));
            assertThat(time.waits).isEmpty();
            time.nanos += Duration.ofSeconds(4).toNanos();

            assertThat(exporter.export(batch(2))).isEqualTo(Outcome.delivered());
            assertThat(time.waits).containsExactly(Duration.ofSeconds(6).toNanos());
            time.nanos += Duration.ofSeconds(10).toNanos();

            assertThat(exporter.export(batch(1))).isEqualTo(Outcome.delivered());
            assertThat(time.waits).hasSize(1);
        }
    }

    @Test
    void export_afterAFailure_keepsThePaceToo() throws Exception {
        try (Exporter exporter = withInterval("10s")) {
            backend().next(Reply.status(500));
            exporter.export(batch(1));
            exporter.export(batch(1));

            assertThat(time.waits).containsExactly(Duration.ofSeconds(10).toNanos());
        }
    }

    @Test
    void export_nothingForPeople_doesNotWait() throws Exception {
        try (Exporter exporter = withInterval("10s")) {
            exporter.export(batch(1));
            exporter.export(List.of());

            assertThat(time.waits).isEmpty();
        }
    }

    @Test
    void close_whileWaiting_exportComesBackUnsent() throws Exception {
        Exporter exporter = withInterval("1h");
        exporter.export(batch(1));
        time.meanwhile = exporter::close;

        assertThat(exporter.export(batch(2))).isInstanceOf(Outcome.Retry.class);
        assertThat(backend().requests()).hasSize(1);
    }

    @Test
    void await_bySystemTime_endsByTheLatchAndByInterrupt() throws Exception {
        assertThat(Waiting.SYSTEM.await(new CountDownLatch(0), Long.MAX_VALUE)).isTrue();
        assertThat(Waiting.SYSTEM.await(new CountDownLatch(1), 1)).isFalse();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> Waiting.SYSTEM.await(new CountDownLatch(1), Long.MAX_VALUE))
                .isInstanceOf(InterruptedException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {406, 415, 422, 451})
    void export_messageIsNotTaken_isRejected(int status) throws Exception {
        backend().next(Reply.status(status));

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.Rejected.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {407, 409, 410, 425})
    void export_somethingOnTheWay_isRetried(int status) throws Exception {
        backend().next(Reply.status(status).body("channel_is_archived"));

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.Retry.class);
    }

    @ParameterizedTest
    @CsvSource({
        "https://login.example.com/tok-4711-secret, leads to login.example.com and",
        "/elsewhere/tok-4711-secret, leads to another path and",
        "'no address', leads to another address and",
    })
    void export_redirect_isNotFollowedAndSaysWhereTo(String location, String expected) throws Exception {
        backend().next(Reply.status(307).header("Location", location));

        assertThat(exporter().export(batch(1)))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class,
                        it -> assertThat(it.reason())
                                .contains(expected, "check webhook.url")
                                .doesNotContain(secret()));
        assertThat(backend().requests()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 413, 500})
    void export_answerRepeatsTheSecrets_reasonDoesNot(int status) throws Exception {
        String echo = "POST /hooks/" + secret() + "?key=" + secret() + " by " + secret() + " is wrong";
        backend().next(Reply.status(status).body(echo));

        assertThat(exporter().export(batch(1)).toString())
                .doesNotContain(secret())
                .contains("answered " + status, "is wrong");
    }

    @Test
    void export_secretAtTheEndOfTheExcerpt_isNotThereInPart() throws Exception {
        backend().next(Reply.status(500).body("x".repeat(290) + secret()));

        assertThat(exporter().export(batch(1)).toString()).doesNotContain("tok-47");
    }

    @Test
    void toString_showsTheHostOnly() {
        assertThat(exporter()).hasToString(backend().uri().toString());
    }

    private Exporter withInterval(String interval) {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("webhook.interval", interval);
        return new WebhookExporter(WebhookSettings.read(ExporterSettings.of("webhook", settings)), time);
    }

    private Request onlyRequest() {
        assertThat(backend().requests()).hasSize(1);
        return backend().requests().get(0);
    }
}
