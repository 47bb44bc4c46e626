package io.plumbline.exporters.datadog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.exporters.ExporterSettings;
import io.plumbline.exporters.SettingsException;
import io.plumbline.exporters.signal.SignalKind;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatadogSettingsTest {
    private static final String KEY = "abcdef-secret";

    @Test
    void read_keyAlone_isTheUsualSite() {
        DatadogSettings settings = read(Map.of());

        assertThat(settings.logsUrl()).isEqualTo(URI.create("https://http-intake.logs.datadoghq.com"));
        assertThat(settings.apiUrl()).isEqualTo(URI.create("https://api.datadoghq.com"));
        assertThat(settings.otlpUrl()).isEmpty();
        assertThat(settings.app()).contains(URI.create("https://app.datadoghq.com"));
        assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @CsvSource({
        "datadoghq.eu, https://app.datadoghq.eu",
        "ddog-gov.com, https://app.ddog-gov.com",
        "us3.datadoghq.com, https://us3.datadoghq.com",
        "ap1.datadoghq.com, https://ap1.datadoghq.com"
    })
    void read_site_isInEveryAddress(String site, String app) {
        DatadogSettings settings = read(Map.of("datadog.site", site));

        assertThat(settings.logsUrl()).isEqualTo(URI.create("https://http-intake.logs." + site));
        assertThat(settings.apiUrl()).isEqualTo(URI.create("https://api." + site));
        assertThat(settings.app()).contains(URI.create(app));
    }

    @Test
    void read_keyMissing_namesIt() {
        assertThatThrownBy(() -> DatadogSettings.read(ExporterSettings.of("datadog", Map.of())))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("datadog.api-key is missing");
    }

    @Test
    void read_keyThatIsNoHeader_isRefusedWithoutShowingIt() {
        assertThatThrownBy(() -> read(Map.of("datadog.api-key", "hid\nden")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("datadog.api-key must be one word")
                .hasMessageNotContaining("hid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.datadoghq.com", "app.datadoghq.eu", "api.datadoghq.com", "datadoghq", "EU"})
    void read_siteThatIsNone_isRefusedWithExamples(String site) {
        assertThatThrownBy(() -> read(Map.of("datadog.site", site)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContainingAll("datadog.site must be", site, "us3.datadoghq.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"datadog.logs.url", "datadog.api.url", "datadog.otlp.url"})
    void read_addressWithAUser_isRefusedWithoutShowingIt(String key) {
        assertThatThrownBy(() -> read(Map.of(key, "http://ada:hidden@localhost:1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(key + " must have no user")
                .hasMessageNotContaining("hidden");
        assertThatThrownBy(() -> read(Map.of(key, "localhost:1"))).hasMessageStartingWith(key + " must be an address");
    }

    @Test
    void read_tagWithASpace_isRefused() {
        assertThatThrownBy(() -> read(Map.of("datadog.tags", "team:shop,two words")))
                .hasMessageContainingAll("datadog.tags must be tags", "two words");
    }

    @Test
    void toString_keepsTheKey() {
        assertThat(read(Map.of()).toString()).doesNotContain(KEY);
        assertThat(read(Map.of()).logsTarget().toString()).doesNotContain(KEY);
    }

    @Test
    void factory_takesAllKinds() {
        assertThat(new DatadogExporterFactory().takes())
                .containsExactlyInAnyOrder(SignalKind.LOG, SignalKind.METRIC, SignalKind.SPAN);
        assertThat(new DatadogExporterFactory().limits().maxSignals()).isEqualTo(1_000);
    }

    @Test
    void factory_createWithoutOtlp_startsAndSaysWhatItDoesNot() {
        ExporterSettings settings = ExporterSettings.of("datadog", Map.of("datadog.api-key", KEY));
        try (var exporter = new DatadogExporterFactory().create(settings)) {
            assertThat(exporter.toString()).contains("spans nowhere").doesNotContain(KEY);
        }
    }

    private static DatadogSettings read(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(Map.of("datadog.api-key", KEY));
        all.putAll(more);
        return DatadogSettings.read(ExporterSettings.of("datadog", all));
    }
}
