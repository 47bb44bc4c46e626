package io.plumbline.exporters.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.SettingsException;
import io.plumbline.exporters.kit.HttpExporterKit;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.ScriptedBackend.Request;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against a scripted backend: the answers that a real one cannot be made to give. */
class ElasticsearchExporterTest extends HttpExporterKit {

    private static final String ELASTICSEARCH = "{\"version\":{\"number\":\"9.1.0\",\"build_flavor\":\"default\"}}";

    private String root = ELASTICSEARCH;
    private Reply templateReply = Reply.status(200).body("{\"acknowledged\":true}");

    @Override
    protected ExporterFactory factory() {
        return new ElasticsearchExporterFactory();
    }

    @Override
    protected Map<String, String> settings(URI backend, Duration timeout) {
        return Map.of(
                "elasticsearch.url", backend.toString(),
                "elasticsearch.api-key", secret(),
                "elasticsearch.request-timeout", timeout.toMillis() + "ms");
    }

    @Override
    protected String secret() {
        return "c2VjcmV0OmtleQ==";
    }

    @Override
    protected Optional<Reply> replyBefore(Request request) {
        if (request.path().contains("/_bulk")) {
            return Optional.empty();
        }
        if (request.path().equals("/")) {
            return Optional.of(Reply.status(200).body(root));
        }
        return Optional.of(request.method().equals("GET") ? Reply.status(404) : templateReply);
    }

    @Override
    protected Reply accepted(Request request) {
        return items(
                IntStream.range(0, request.items()).mapToObj(i -> item(201)).toList());
    }

    @Override
    protected List<Reply> partial(int size, int failed, int status) {
        return List.of(items(IntStream.range(0, size)
                .mapToObj(i -> item(i == failed ? status : 201))
                .toList()));
    }

    @Test
    void export_idIsThereAlready_isDelivered() throws InterruptedException {
        backend().next(items(List.of(item(201), item(409))));

        assertThat(exporter().export(batch(2))).isEqualTo(Outcome.delivered());
    }

    @Test
    void export_itemForbidden_isUnauthorized() throws InterruptedException {
        backend().next(items(List.of(item(201), item(403))));

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.Unauthorized.class);
    }

    @Test
    void export_reasonOfItem_namesTypeAndCause() throws InterruptedException {
        String error = "{\"type\":\"document_parsing_exception\",\"reason\":\"failed to parse\\nfield [x]\","
                + "\"caused_by\":{\"reason\":\"for input string\"}}";
        backend().next(items(List.of("{\"create\":{\"error\":" + error + ",\"status\":400}}")));

        assertThat(exporter().export(batch(1)).toString())
                .contains("status 400: document_parsing_exception: failed to parse field [x]: for input string");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{}", "<html>welcome</html>", "{\"items\":[]}", "{\"items\":[7]}", "''", "{\"items\":{\"a\":1}}"})
    void export_answerNotUnderstood_isRetried(String body) throws InterruptedException {
        backend().next(Reply.status(200).body(body));

        assertThat(exporter().export(batch(1)))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, it -> assertThat(it.reason()).contains("check that elasticsearch.url"));
    }

    @Test
    void export_request_isPackedSignedAndCreatesUnderOwnId() throws InterruptedException {
        exporter().export(batch(2));

        Request bulk = lastRequest();
        assertThat(bulk.path()).startsWith("/logs-plumbline.otel-default/_bulk?");
        assertThat(bulk.headers())
                .containsEntry("content-encoding", "gzip")
                .containsEntry("content-type", "application/x-ndjson")
                .containsEntry("authorization", "ApiKey " + secret());
        assertThat(bulk.text().lines().toList().get(0)).isEqualTo("{\"create\":{\"_id\":\"uid-0\"}}");
        assertThat(bulk.text().lines().toList().get(2)).isEqualTo("{\"create\":{\"_id\":\"uid-1\"}}");
        assertThat(bulk.text()).endsWith("\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"version\":{\"number\":\"7.17.29\"}}|flattened",
                "{\"version\":{\"number\":\"9.1.0\"}}|flattened",
                "{\"version\":{\"distribution\":\"opensearch\",\"number\":\"2.19.1\"}}|flat_object",
                "{\"version\":{\"distribution\":\"opensearch\",\"number\":\"3.0.0\"}}|flat_object",
                "{\"version\":{\"distribution\":\"opensearch\",\"number\":\"2.3.0\"}}|object",
            })
    void template_valuesField_isWhatTheProductHas(String answer, String type) throws InterruptedException {
        root = answer;

        exporter().export(batch(1));

        assertThat(templatePut().text())
                .contains("\"values\": {\"type\":\"" + type + "\"")
                .doesNotContain("${");
    }

    @Test
    void template_isSetUpOnce() throws InterruptedException {
        exporter().export(batch(1));
        exporter().export(batch(1));

        assertThat(backend().requests()).hasSize(5);
    }

    @Test
    void template_forbidden_isUnauthorizedWithRemedyAndTriedAgain() throws InterruptedException {
        templateReply = Reply.status(403);

        assertThat(exporter().export(batch(1)))
                .isInstanceOfSatisfying(
                        Outcome.Unauthorized.class,
                        it -> assertThat(it.reason()).contains("manage-template=false"));

        templateReply = Reply.status(200).body("{}");
        assertThat(exporter().export(batch(1))).isEqualTo(Outcome.delivered());
    }

    @Test
    void template_refused_isNotTheBatchsFault() throws InterruptedException {
        templateReply = Reply.status(400).body("{\"error\":\"bad template\"}");

        assertThat(exporter().export(batch(1))).isInstanceOf(Outcome.Retry.class);
    }

    @Test
    void template_notManaged_isNotTouched() throws InterruptedException {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("elasticsearch.manage-template", "false");
        try (var other = create(settings)) {
            other.export(batch(1));
        }

        assertThat(backend().requests()).singleElement().matches(it -> it.path().contains("/_bulk"));
    }

    @Test
    void root_isSomethingElse_isRetriedWithRemedy() throws InterruptedException {
        root = "<html>";

        assertThat(exporter().export(batch(1)))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, it -> assertThat(it.reason()).contains("elasticsearch.url"));
    }

    @Test
    void create_userInUrl_isSentAsHeaderAndNeverShown() throws InterruptedException {
        String url = backend().uri().toString().replace("http://", "http://ada:p%40ss@");
        try (var other = create(Map.of("elasticsearch.url", url))) {
            other.export(batch(1));
            backend().next(Reply.status(500));
            assertThat(other.export(batch(1)).toString() + other.links()).doesNotContain("p%40ss", "p@ss");
        }

        assertThat(lastRequest().headers()).containsEntry("authorization", "Basic YWRhOnBAc3M=");
    }

    @Test
    void create_urlMissing_namesTheKey() {
        assertThatThrownBy(() -> create(Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("elasticsearch.url is missing");
    }

    @Test
    void create_twoWaysToSignIn_isRefused() {
        Map<String, String> settings = new HashMap<>(settings());
        settings.put("elasticsearch.username", "ada");
        settings.put("elasticsearch.password", "hidden");

        assertThatThrownBy(() -> create(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("keep one of")
                .hasMessageNotContaining("hidden");
    }

    @Test
    void create_apiKeyThatIsNoHeader_isRefusedWithoutShowingIt() {
        Map<String, String> settings =
                Map.of("elasticsearch.url", "http://127.0.0.1:9", "elasticsearch.api-key", "hid\nden");

        assertThatThrownBy(() -> create(settings))
                .hasMessage("elasticsearch.api-key must be the encoded key, one word of ASCII");
    }

    @Test
    void create_usernameWithoutPassword_isRefused() {
        Map<String, String> settings =
                Map.of("elasticsearch.url", "http://127.0.0.1:9", "elasticsearch.username", "ada");

        assertThatThrownBy(() -> create(settings)).hasMessageContaining("belong together");
    }

    @ParameterizedTest
    @CsvSource({"Upper", "a-b", "_x", "a/b", "a*"})
    void create_datasetThatIsNoStreamName_isRefused(String dataset) {
        Map<String, String> settings =
                Map.of("elasticsearch.url", "http://127.0.0.1:9", "elasticsearch.dataset", dataset);

        assertThatThrownBy(() -> create(settings)).hasMessageStartingWith("elasticsearch.dataset must be");
    }

    private Request templatePut() {
        return backend().requests().stream()
                .filter(it -> it.method().equals("PUT"))
                .findFirst()
                .orElseThrow();
    }

    private Request lastRequest() {
        return backend().requests().get(backend().requests().size() - 1);
    }

    private static Reply items(List<String> items) {
        return Reply.status(200)
                .body(items.stream().collect(Collectors.joining(",", "{\"errors\":true,\"items\":[", "]}")));
    }

    private static String item(int status) {
        String error = status < 300 ? "" : ",\"error\":{\"type\":\"some_exception\",\"reason\":\"some reason\"}";
        return "{\"create\":{\"status\":" + status + error + "}}";
    }
}
