package io.plumbline.exporters.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.kit.HttpExporterKit;
import io.plumbline.exporters.kit.ScriptedBackend.Reply;
import io.plumbline.exporters.kit.ScriptedBackend.Request;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a scripted receiver that answers as Slack does. */
class SlackExporterTest extends HttpExporterKit {

    @Override
    protected ExporterFactory factory() {
        return new WebhookExporterFactory();
    }

    @Override
    protected Map<String, String> settings(URI backend, Duration timeout) {
        return Map.of(
                "webhook.url",
                backend + "/services/T0001/B0001/" + secret(),
                "webhook.format",
                "slack",
                "webhook.interval",
                "1ms",
                "webhook.timeout",
                timeout.toMillis() + "ms");
    }

    @Override
    protected String secret() {
        return "XXXX4711secretXXXX";
    }

    @Override
    protected Reply accepted(Request request) {
        return Reply.status(200).body("ok");
    }

    @Test
    void export_batch_isTextAndBlocksWithTheId() throws Exception {
        exporter().export(batch(3));

        Request request = backend().requests().get(0);
        JsonNode json = new ObjectMapper().readTree(request.text());
        assertThat(request.path()).isEqualTo("/services/T0001/B0001/" + secret());
        assertThat(json.get("text").asText()).isEqualTo("3 hits of probe probe-7 on service shop: hit number 2");
        assertThat(json.get("blocks")).hasSize(1);
        assertThat(json.get("blocks").get(0).get("block_id").asText())
                .isEqualTo("plumbline-" + request.headers().get("idempotency-key"));
    }

    @ParameterizedTest
    @CsvSource({
        "403, action_prohibited",
        "403, invalid_token",
        "404, channel_not_found",
        "404, no_service",
        "404, no_team",
        "410, channel_is_archived",
    })
    void export_webhookOrChannelIsNoMore_pausesWithTheReason(int status, String word) throws Exception {
        backend().next(Reply.status(status).body(word));

        assertThat(exporter().export(batch(2)))
                .isInstanceOfSatisfying(
                        Outcome.Unauthorized.class,
                        it -> assertThat(it.reason()).contains(word, "webhook.url"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"invalid_payload", "invalid_blocks", "no_text"})
    void export_slackCannotReadIt_isRejected(String word) throws Exception {
        backend().next(Reply.status(400).body(word));

        assertThat(exporter().export(batch(2))).isInstanceOf(Outcome.Rejected.class);
    }

    @Test
    void export_tooMany_isHeldAsLongAsSlackSays() throws Exception {
        backend().next(Reply.status(429).header("Retry-After", "30"));

        assertThat(exporter().export(batch(2)))
                .isInstanceOfSatisfying(
                        Outcome.Retry.class, it -> assertThat(it.retryAfter()).contains(Duration.ofSeconds(30)));
    }
}
