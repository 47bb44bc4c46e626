package io.plumbline.exporters.sentry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.signal.LogSignal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The way from an event to the console, as the event's JSON has it. */
class ConsoleLinkTest {
    private static final String PAGE = "http://127.0.0.1:7077/console/probe?class=shop.Cart&line=118&service=shop";

    @Test
    void event_linksToThePageOfItsLine_inItsContextAndAtItsException() throws IOException {
        JsonNode event = event(SentrySignals.exception("uid-1"), "http://127.0.0.1:7077/");

        assertThat(event.at("/contexts/plumbline/console").asText()).isEqualTo(PAGE);
        // the outer exception's stack has the frame; its cause's has not
        assertThat(event.at("/exception/values/1/mechanism/help_link").asText()).isEqualTo(PAGE);
        assertThat(event.at("/exception/values/0/mechanism").has("help_link")).isFalse();
    }

    @Test
    void event_withoutTheSetting_hasNoLink() throws IOException {
        byte[] envelope = new Envelopes(Optional.empty())
                .of(SentrySignals.exception("uid-1"))
                .orElseThrow();

        assertThat(new String(envelope, StandardCharsets.UTF_8)).doesNotContain("console", "help_link");
    }

    @Test
    void link_encodesWhatItIsGiven_andNeedsClassAndLine() {
        ConsoleLink link = ConsoleLink.parse("https://plumb.example.com/ops").orElseThrow();

        assertThat(link.to("shop.Cart$Line", 9, "a&b=c d"))
                .contains(
                        "https://plumb.example.com/ops/console/probe?class=shop.Cart%24Line&line=9&service=a%26b%3Dc%20d");
        assertThat(link.to("shop.Cart", 9, ""))
                .contains("https://plumb.example.com/ops/console/probe?class=shop.Cart&line=9");
        assertThat(link.to("", 9, "shop")).isEmpty();
        assertThat(link.to("shop.Cart", 0, "shop")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1:7077",
                "ftp://127.0.0.1",
                "javascript:alert(1)",
                "http://me:secret@127.0.0.1",
                "http://127.0.0.1/?a=b",
                "http://127.0.0.1/#a",
                "http:// "
            })
    void url_thatIsNone_isRefusedByItsKey_withoutItsSecret(String url) {
        assertThatThrownBy(() -> SentrySettings.read(ExporterSettings.of(
                        "sentry", Map.of("sentry.dsn", "https://k@h/1", "sentry.console.url", url))))
                .hasMessageContaining("sentry.console.url must be the control plane's address")
                .hasMessageNotContaining("secret");
    }

    private static JsonNode event(LogSignal log, String url) throws IOException {
        SentrySettings settings = SentrySettings.read(
                ExporterSettings.of("sentry", Map.of("sentry.dsn", "https://k@h/1", "sentry.console.url", url)));
        byte[] envelope = new Envelopes(settings.console()).of(log).orElseThrow();
        return new ObjectMapper().readTree(new String(envelope, StandardCharsets.UTF_8).split("\n", -1)[2]);
    }
}
