package io.plumbline.config.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static final List<String> KNOWN =
            List.of("plumbline.kafka", "plumbline.labels", "plumbline.metrics-interval-millis");

    private static Settings agent(String arguments) {
        return Settings.ofAgent(arguments, Map.of(), Map.of(), KNOWN);
    }

    @Test
    void ofAgent_laterSourceWins() {
        Map<String, String> environment =
                Map.of("PLUMBLINE_KAFKA", "env", "PLUMBLINE_LABELS", "a=env", "PLUMBLINE_METRICS_INTERVAL_MILLIS", "5");
        Map<String, String> properties = Map.of("plumbline.kafka", "property", "plumbline.labels", "a=property");

        Settings settings = Settings.ofAgent("kafka=argument", properties, environment, KNOWN);

        assertThat(settings.text("plumbline.kafka")).hasValue("argument");
        assertThat(settings.text("plumbline.labels")).hasValue("a=property");
        assertThat(settings.integer("plumbline.metrics-interval-millis", 1, 1, 10))
                .isEqualTo(5);
    }

    @Test
    void ofAgent_quotes_keepCommas() {
        Settings settings = agent("kafka='a:1,b:2', plumbline.labels='team=a,zone=b'");

        assertThat(settings.text("plumbline.kafka")).hasValue("a:1,b:2");
        assertThat(settings.pairs("plumbline.labels")).containsOnly(Map.entry("team", "a"), Map.entry("zone", "b"));
    }

    @Test
    void ofAgent_nothing_isEmpty() {
        assertThat(agent(null).text("plumbline.kafka")).isEmpty();
        assertThat(agent(" ").text("plumbline.kafka")).isEmpty();
        assertThat(agent("kafka=").text("plumbline.kafka")).isEmpty();
    }

    @Test
    void ofAgent_unknownKey_offersTheNearest() {
        assertThatThrownBy(() -> agent("kafak=x")).hasMessage("unknown agent argument 'kafak'; did you mean kafka?");
        assertThatThrownBy(() -> agent("somethingVeryDifferentFromAllOfThem=x"))
                .hasMessageStartingWith("unknown agent argument 'somethingVeryDifferentFromAllOfThem'; known are [");
    }

    @Test
    void ofAgent_noPair_isRefused() {
        assertThatThrownBy(() -> agent("kafka=a:1,b:2"))
                .hasMessage("agent arguments read key=value,key=value; this part does not: 'b:2'");
    }

    @Test
    void values_outOfRange_nameKeyRuleAndValue() {
        Settings settings = agent("metrics-interval-millis=7x,labels=a");

        assertThatThrownBy(() -> settings.millis(
                        "plumbline.metrics-interval-millis",
                        Duration.ofSeconds(1),
                        Duration.ofMillis(50),
                        Duration.ofMinutes(1)))
                .hasMessage("plumbline.metrics-interval-millis must be a whole number from 50 to 60000: 7x");
        assertThatThrownBy(() -> settings.pairs("plumbline.labels"))
                .hasMessage("plumbline.labels reads name=value,name=value; this part does not: a");
        assertThat(settings.integer("plumbline.kafka", 3, 1, 5)).isEqualTo(3);
    }

    @Test
    void toString_showsNoValues() {
        assertThat(agent("kafka=secret:1")).hasToString("settings [plumbline.kafka]");
    }
}
