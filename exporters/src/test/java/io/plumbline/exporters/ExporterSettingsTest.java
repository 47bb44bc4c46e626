package io.plumbline.exporters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExporterSettingsTest {

    @Test
    void of_takesOwnSettingsOnly() {
        ExporterSettings settings = ExporterSettings.of("web", Map.of("web.a", " 1 ", "webhook.b", "2", "web.c", " "));

        assertThat(settings.text("a")).contains("1");
        assertThat(settings.text("c")).isEmpty();
        settings.refuseUnknown();
    }

    @Test
    void requiredText_missing_namesKeyAndRemedy() {
        assertThatThrownBy(() -> of(Map.of()).requiredText("url", "http://x"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("web.url is missing; set it, for example web.url=http://x");
    }

    @Test
    void requiredHttpUri_wrong_hidesThePassword() {
        assertThatThrownBy(() -> of(Map.of("web.url", "ftp://me:secret@host")).requiredHttpUri("url", "http://x"))
                .hasMessage("web.url must be an address such as http://x: ftp://***@host");
    }

    @Test
    void requiredHttpUri_cannotBeParsed_hidesThePassword() {
        assertThatThrownBy(
                        () -> of(Map.of("web.url", "http://me:se cret@ho st")).requiredHttpUri("url", "http://x"))
                .hasMessageNotContaining("cret")
                .hasNoCause();
    }

    @ParameterizedTest
    @CsvSource({"-1", "65536", "x", "99999999999999999999"})
    void port_wrong_namesKeyRuleAndValue(String value) {
        assertThatThrownBy(() -> of(Map.of("web.port", value)).port("port", 1))
                .hasMessage("web.port must be a whole number from 0 to 65535: " + value);
    }

    @ParameterizedTest
    @CsvSource({"250ms,PT0.25S", "30s,PT30S", "5 m,PT5M", "1h,PT1H", "2d,PT48H", "PT1M,PT1M"})
    void duration_commonForms_areRead(String text, Duration expected) {
        assertThat(of(Map.of("web.time", text)).duration("time", Duration.ofDays(9)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"0s", "-PT1S", "5", "soon"})
    void duration_wrong_isRefused(String text) {
        assertThatThrownBy(() -> of(Map.of("web.time", text)).duration("time", Duration.ofDays(9)))
                .hasMessageStartingWith("web.time must be a time above zero")
                .hasMessageEndingWith(": " + text);
    }

    @Test
    void flag_wrong_listsTheChoices() {
        assertThatThrownBy(() -> of(Map.of("web.on", "yes")).flag("on", true))
                .hasMessage("web.on must be one of true, false: yes");
    }

    @Test
    void refuseUnknown_listsTheKnown() {
        ExporterSettings settings = of(Map.of("web.utl", "x"));
        settings.text("url");
        settings.flag("on", true);

        assertThatThrownBy(settings::refuseUnknown).hasMessage("unknown setting web.utl; web knows web.on, web.url");
    }

    @Test
    void texts_areTakenByTheirLastWord() {
        ExporterSettings settings = of(Map.of("web.header.X-A", "1", "web.header.X.B", "2", "web.headers", "3"));

        assertThat(settings.texts("header")).isEqualTo(Map.of("X-A", "1", "X.B", "2"));
        assertThatThrownBy(settings::refuseUnknown).hasMessageStartingWith("unknown setting web.headers; web knows");
    }

    @Test
    void pairs_areRead_andAWrongOneKeepsItsSecret() {
        assertThat(of(Map.of("web.headers", "a=1, b = 2=3,")).pairs("headers")).isEqualTo(Map.of("a", "1", "b", "2=3"));
        assertThat(of(Map.of()).pairs("headers")).isEmpty();
        assertThatThrownBy(() -> of(Map.of("web.headers", "secret")).pairs("headers"))
                .hasMessage("web.headers must read name=value, separated by commas: …");
    }

    @Test
    void toString_hasNoValues() {
        assertThat(of(Map.of("web.password", "secret")).toString()).doesNotContain("secret");
    }

    private static ExporterSettings of(Map<String, String> all) {
        return ExporterSettings.of("web", all);
    }
}
