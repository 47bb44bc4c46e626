package io.plumbline.exporters.datadog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.HttpExporterKit;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.ScriptedBackend.Request;
import io.plumbline.exporters.kit.TestSignals;
import io.plumbline.exporters.signal.AttributeNames;
import io.plumbline.exporters.signal.LogSignal;
import io.plumbline.exporters.signal.Resource;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatadogLogsTest extends HttpExporterKit {
    private final SetClock clock = new SetClock();

    @Override
    protected ExporterFactory factory() {
        return new OneKindFactory(SignalKind.LOG, clock);
    }

    @Override
    protected Map<String, String> settings(URI backend, Duration timeout) {
        return Map.of(
                "datadog.api-key",
                secret(),
                "datadog.site",
                "datadoghq.eu",
                "datadog.logs.url",
                backend.toString(),
                "datadog.api.url",
                backend.toString(),
                "datadog.tags",
                "team:Cart, canary",
                "datadog.timeout",
                timeout.toMillis() + "ms");
    }

    @Override
    protected String secret() {
        return "0123456789abcdef-secret";
    }

    @Override
    protected Reply accepted(Request request) {
        return Reply.status(202).body("{}");
    }

    @Test
    void export_request_isPackedAndSigned() throws InterruptedException {
        exporter().export(batch(2));

        Request request = backend().requests().get(0);
        assertThat(request.path()).isEqualTo("/api/v2/logs");
        assertThat(request.headers())
                .containsEntry("dd-api-key", secret())
                .containsEntry("content-encoding", "gzip")
                .containsEntry("content-type", "application/json");
        assertThat(Json.of(request)).hasSize(2);
    }

    @Test
    void export_log_hasDatadogsFieldsAndItsOwn() throws InterruptedException {
        exporter().export(List.of(TestSignals.log("uid-1", "hit")));

        JsonNode log = Json.of(backend().requests().get(0)).get(0);
        assertThat(log.get("ddsource").asText()).isEqualTo("plumbline");
        assertThat(log.get("ddtags").asText()).isEqualTo("canary,env:test,probe:probe-7,team:cart");
        assertThat(log.get("service").asText()).isEqualTo("shop");
        assertThat(log.get("status").asText()).isEqualTo("info");
        assertThat(log.get("message").asText()).isEqualTo("hit");
        assertThat(log.get("timestamp").asLong()).isEqualTo(TestSignals.TIME / 1_000_000);
        assertThat(log.get("record_id").asText()).isEqualTo("uid-1");
        assertThat(log.get("event.name").asText()).isEqualTo("plumbline.log");
        assertThat(log.get("code.function.name").asText()).isEqualTo("shop.Cart.add");
        assertThat(log.get("code.line.number").asInt()).isEqualTo(118);
        assertThat(log.get("plumbline.values").get("user.name").asText()).isEqualTo("ada");
        assertThat(log.get("resource").get("process.pid").asInt()).isEqualTo(4711);
        assertThat(log.has("log.record.uid")).isFalse();
    }

    /** The decimals are what Datadog's own documentation makes of such ids: the lower 64 bits, unsigned. */
    @Test
    void export_logInATrace_isCorrelatedBothWays() throws InterruptedException {
        exporter().export(List.of(TestSignals.log("uid-1", "hit")));

        JsonNode log = Json.of(backend().requests().get(0)).get(0);
        assertThat(log.get("trace_id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(log.get("span_id").asText()).isEqualTo("00f067aa0ba902b7");
        assertThat(log.get("dd.trace_id").asText()).isEqualTo("11803532876627986230");
        assertThat(log.get("dd.span_id").asText()).isEqualTo("67667974448284343");
    }

    @Test
    void export_logWithHostAndVersion_saysSo() throws InterruptedException {
        Resource resource = Resource.of(Map.of("host.name", "web-1", "service.version", "1.2"));
        exporter().export(List.of(log(resource, Map.of(), 17)));

        JsonNode log = Json.of(backend().requests().get(0)).get(0);
        assertThat(log.get("hostname").asText()).isEqualTo("web-1");
        assertThat(log.get("ddtags").asText()).isEqualTo("canary,host:web-1,team:cart,version:1.2");
        assertThat(log.has("service")).isFalse();
        assertThat(log.has("trace_id")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0,info",
        "1,trace",
        "5,debug",
        "9,info",
        "13,warn",
        "17,error",
        "20,error",
        "21,critical",
        "24,critical"
    })
    void export_severity_isTheStatus(int severity, String status) throws InterruptedException {
        exporter().export(List.of(log(Resource.of(Map.of()), Map.of(), severity)));

        assertThat(Json.of(backend().requests().get(0)).get(0).get("status").asText())
                .isEqualTo(status);
    }

    @Test
    void export_exception_isWhereErrorTrackingLooks() throws InterruptedException {
        Map<String, Object> attributes = Map.of(
                "exception.type", "java.io.IOException",
                "exception.message", "gone",
                "exception.stacktrace", "java.io.IOException: gone\n\tat shop.Cart.add(Cart.java:118)");
        exporter().export(List.of(TestSignals.log("caught", attributes)));

        JsonNode log = Json.of(backend().requests().get(0)).get(0);
        assertThat(log.get("error").get("kind").asText()).isEqualTo("java.io.IOException");
        assertThat(log.get("error").get("message").asText()).isEqualTo("gone");
        assertThat(log.get("error").get("stack").asText()).contains("Cart.java:118");
        assertThat(log.get("exception.type").asText()).isEqualTo("java.io.IOException");
    }

    @Test
    void export_attributeNamedLikeAField_leavesTheFieldAlone() throws InterruptedException {
        exporter().export(List.of(TestSignals.log("mine", Map.of("message", "theirs", "status", "odd"))));

        JsonNode log = Json.of(backend().requests().get(0)).get(0);
        assertThat(log.get("message").asText()).isEqualTo("mine");
        assertThat(log.get("attribute.message").asText()).isEqualTo("theirs");
        assertThat(log.get("attribute.status").asText()).isEqualTo("odd");
    }

    @Test
    void export_deepAndOddValues_arrive() throws InterruptedException {
        Object deep = "bottom";
        for (int i = 0; i < 30; i++) {
            deep = Map.of("n", deep);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("deep", deep);
        values.put("nan", Double.NaN);
        values.put("list", List.of(1L, true, "x"));
        exporter().export(List.of(TestSignals.log("uid-1", "hit", values)));

        JsonNode sent = Json.of(backend().requests().get(0)).get(0).get("plumbline.values");
        assertThat(sent.get("nan").asText()).isEqualTo("NaN");
        assertThat(sent.get("list")).hasSize(3);
        assertThat(sent.get("deep").toString()).contains("bottom").hasSizeLessThan(300);
    }

    @Test
    void export_olderThan18Hours_isRejectedAndTheOthersAreSent() throws InterruptedException {
        clock.advance(Duration.ofHours(18));
        LogSignal old = TestSignals.log("uid-old", "old");
        LogSignal young = new LogSignal(
                old.resource(), old.timeUnixNano() + 2_000_000_000L, 0, 9, "", "young", Map.of(), "", "", "", 100);

        assertThat(exporter().export(List.of(old, young)))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        it -> assertThat(it.rejections())
                                .singleElement()
                                .matches(rejection -> rejection.index() == 0
                                        && !rejection.retryable()
                                        && rejection.reason().contains("18 hours")));
        assertThat(Json.of(backend().requests().get(0))).hasSize(1);
    }

    @Test
    void export_timeUnknown_isNow() throws InterruptedException {
        exporter().export(List.of(new LogSignal(TestSignals.SHOP, 0, 0, 9, "", "x", Map.of(), "", "", "", 100)));

        assertThat(Json.of(backend().requests().get(0)).get(0).get("timestamp").asLong())
                .isEqualTo(clock.millis());
    }

    @Test
    void export_moreThan1000_isSentInSeveralRequests() throws InterruptedException {
        assertThat(exporter().export(batch(2_001))).isEqualTo(Outcome.delivered());

        assertThat(backend().requests().stream().map(it -> Json.of(it).size())).containsExactly(1_000, 1_000, 1);
    }

    @Test
    void export_moreThanFiveMegabytes_isSentInSeveralRequests() throws InterruptedException {
        List<Signal> large = IntStream.range(0, 12)
                .mapToObj(i -> (Signal) TestSignals.log("uid-" + i, "x".repeat(900_000)))
                .toList();

        assertThat(exporter().export(large)).isEqualTo(Outcome.delivered());

        assertThat(backend().requests()).hasSize(3).allMatch(it -> it.body().length <= 4_250_000);
        assertThat(backend().requests().stream()
                        .mapToInt(it -> Json.of(it).size())
                        .sum())
                .isEqualTo(12);
    }

    @Test
    void export_logAboveOneMegabyte_isCutWithAMark() throws InterruptedException {
        exporter().export(List.of(TestSignals.log("uid-1", "ä".repeat(3_000_000))));

        Request request = backend().requests().get(0);
        assertThat(request.body().length).isLessThan(LogEntry.MAX_BYTES + 10);
        JsonNode log = Json.of(request).get(0);
        assertThat(log.get("message").asText()).endsWith("ä… [cut by plumbline: 3000000 characters]");
        assertThat(log.get("plumbline.cut").asText()).isEqualTo("texts");
        assertThat(log.get("plumbline.values").get("user.name").asText()).isEqualTo("ada");
        assertThat(log.get("record_id").asText()).isEqualTo("uid-1");
    }

    @Test
    void export_logOfTooManyValues_losesTheseAndSaysSo() throws InterruptedException {
        Map<String, Object> values = new LinkedHashMap<>();
        IntStream.range(0, 200_000).forEach(i -> values.put("name" + i, "value"));
        exporter().export(List.of(TestSignals.log("uid-1", "hit", values)));

        Request request = backend().requests().get(0);
        assertThat(request.body().length).isLessThan(LogEntry.MAX_BYTES);
        JsonNode log = Json.of(request).get(0);
        assertThat(log.get("plumbline.cut").asText()).isEqualTo("attributes");
        assertThat(log.get("message").asText()).isEqualTo("hit");
        assertThat(log.has(AttributeNames.VALUES)).isFalse();
    }

    @Test
    void export_cutInAPairOfSurrogates_keepsThePairWhole() throws InterruptedException {
        exporter().export(List.of(TestSignals.log("uid-1", "x" + "🛠".repeat(1_000_000))));

        assertThat(Json.of(backend().requests().get(0)).get(0).get("message").asText())
                .contains("🛠… [cut by plumbline: 2000001 characters]");
    }

    @Test
    void export_secondRequestFails_onlyItsLogsComeAgain() throws InterruptedException {
        backend().next(Reply.status(202));
        backend().next(Reply.status(503));
        List<Signal> batch = new ArrayList<>(batch(1_500));

        assertThat(exporter().export(batch))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        it -> assertThat(it.rejections())
                                .hasSize(500)
                                .allMatch(rejection -> rejection.retryable() && rejection.index() >= 1_000));
    }

    @Test
    void export_firstRequestIsBad_theOthersAreSent() throws InterruptedException {
        backend().next(Reply.status(400).body("{\"errors\":[{\"status\":\"400\",\"title\":\"Bad\"}]}"));

        assertThat(exporter().export(batch(1_500)))
                .isInstanceOfSatisfying(
                        Outcome.Partial.class,
                        it -> assertThat(it.rejections())
                                .hasSize(1_000)
                                .allMatch(rejection -> !rejection.retryable() && rejection.index() < 1_000));
    }

    @Test
    void export_rateLimited_waitsUntilTheNextPeriod() throws InterruptedException {
        backend().next(Reply.status(429).header("X-RateLimit-Reset", "8"));

        assertThat(exporter().export(batch(1)))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, it -> assertThat(it.retryAfter()).contains(Duration.ofSeconds(8)));
    }

    @Test
    void export_rateLimitResetIsAMoment_isNotTakenForSeconds() throws InterruptedException {
        backend().next(Reply.status(429).header("X-RateLimit-Reset", "1795429867"));

        assertThat(exporter().export(batch(1)))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, it -> assertThat(it.retryAfter()).isEmpty());
    }

    @Test
    void export_backendRepeatsTheKey_itIsNotShown() throws InterruptedException {
        backend().next(Reply.status(403).body("no such key: " + secret()));

        assertThat(exporter().export(batch(1)).toString())
                .contains("no such key: ***", "check datadog.api-key")
                .doesNotContain(secret());
    }

    @Test
    void links_leadToTheSite() {
        assertThat(exporter().links())
                .containsEntry("logs", URI.create("https://app.datadoghq.eu/logs?query=source%3Aplumbline"));
    }

    private static LogSignal log(Resource resource, Map<String, Object> attributes, int severity) {
        return new LogSignal(resource, TestSignals.TIME, 0, severity, "", "hit", attributes, "", "", "", 100);
    }
}
