package io.plumbline.exporters.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.SettingsException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSettingsTest {
    private static final String URL = "https://hooks.slack.com/services/T0/B0/hidden";

    @Test
    void read_urlAlone_hasDefaults() {
        WebhookSettings read = read(Map.of());

        assertThat(read.isSlack()).isFalse();
        assertThat(read.interval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(read.headers()).isEmpty();
        assertThat(read.link()).isEmpty();
        assertThat(read).hasToString("https://hooks.slack.com");
    }

    @Test
    void read_headers_areTakenByName() {
        assertThat(read(Map.of("webhook.header.X-Token", "a,b=c", "webhook.header.Authorization", "Bearer d"))
                        .headers())
                .isEqualTo(Map.of("X-Token", "a,b=c", "Authorization", "Bearer d"));
    }

    @Test
    void read_noUrl_saysWhatToSet() {
        assertThatThrownBy(() -> WebhookSettings.read(ExporterSettings.of("webhook", Map.of())))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("webhook.url is missing; set it, for example webhook.url=https://");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ftp://hooks.example.com/hidden|ftp://hooks.example.com/…",
                "https://hooks.example.com/hidden#x|https://hooks.example.com/…",
                "https://hooks.example.com/hid den|https://hooks.example.com/…",
                "https://hidden@hooks.example.com/x|…",
                "https://u:hid/den@hooks.example.com/x|…",
                "https:///hidden|…",
                "hooks.example.com/hidden|…",
                "hidden|…",
            })
    void read_urlThatIsNone_saysTheRuleAndHidesTheSecret(String url, String shown) {
        assertThatThrownBy(() -> read(Map.of("webhook.url", url)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("webhook.url must be an address with http or https and a host")
                .hasMessageEndingWith("webhook.header.NAME: " + shown)
                .hasNoCause();
    }

    @Test
    void read_formatThatIsNone_listsTheChoices() {
        assertThatThrownBy(() -> read(Map.of("webhook.format", "teams")))
                .hasMessage("webhook.format must be one of json, slack: teams");
    }

    @ParameterizedTest
    @CsvSource({"soon, must be a time above zero", "61m, must be at most 1h: 61m", "0s, must be a time above zero"})
    void read_intervalThatIsNone_isRefused(String interval, String rule) {
        assertThatThrownBy(() -> read(Map.of("webhook.interval", interval)))
                .hasMessageStartingWith("webhook.interval " + rule);
    }

    @ParameterizedTest
    @CsvSource({"Content-Length, 5", "Host, hidden", "bad name, hidden", "X-Token, hid\u0001den"})
    void read_headerThatCannotBeSet_isRefusedWithoutItsValue(String name, String value) {
        assertThatThrownBy(() -> read(Map.of("webhook.header." + name, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("webhook.header." + name + " must be a header")
                .hasMessageEndingWith(": …")
                .hasNoCause();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Type", "idempotency-key", "Content-Encoding"})
    void read_headerOfOurs_isRefused(String name) {
        assertThatThrownBy(() -> read(Map.of("webhook.header." + name, "x")))
                .hasMessage("webhook.header." + name + " can't be set, the exporter does it; take it away");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/probes/{probe}",
                "javascript:alert({probe})",
                "https://{service}.example.com/",
                "https://plumb.example.com:{probe}/",
                "https://plumb.example.com/{version}",
                "https://plumb.example.com/{probe",
                "https://plumb.example.com/a b",
            })
    void read_linkThatIsNone_saysTheRule(String link) {
        assertThatThrownBy(() -> read(Map.of("webhook.link", link)))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("webhook.link must be an address with http or https")
                .hasMessageEndingWith(": " + link);
    }

    @Test
    void read_linkWithAPassword_hidesIt() {
        assertThatThrownBy(() -> read(Map.of("webhook.link", "https://me:hidden@plumb.example.com/")))
                .hasMessageEndingWith(": https://***@plumb.example.com/");
    }

    @Test
    void of_values_areEncoded() {
        LinkTemplate link = LinkTemplate.parse("https://plumb.example.com/{service}?t={trace}#/probes/{probe}")
                .orElseThrow();
        Group group = Group.of(WebhookSignals.hit("u-1", "a b/c?d#e&f$1", "shöp|>", "x"));

        assertThat(link.of(group))
                .contains("https://plumb.example.com/sh%C3%B6p%7C%3E?t=4bf92f3577b34da6a3ce929d0e0e4736"
                        + "#/probes/a%20b%2Fc%3Fd%23e%26f%241");
    }

    @Test
    void of_valueIsMissing_isNoLink() {
        Group group = Group.of(WebhookSignals.hit("u-1", "a", "", "x"));

        assertThat(LinkTemplate.parse("https://h/{service}").orElseThrow().of(group))
                .isEmpty();
        assertThat(LinkTemplate.parse("https://h/{probe}").orElseThrow().of(group))
                .contains("https://h/a");
    }

    private static WebhookSettings read(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("webhook.url", URL));
        settings.putAll(more);
        return WebhookSettings.read(ExporterSettings.of("webhook", settings));
    }
}
