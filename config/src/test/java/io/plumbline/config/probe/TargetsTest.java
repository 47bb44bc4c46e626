package io.plumbline.config.probe;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.YamlText;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsTest {

    @ParameterizedTest
    @CsvSource({
        "shop, shop, true",
        "shop, shops, false",
        "shop*, shops, true",
        "shop*, shop, true",
        "*, anything, true",
        "*, '', true",
        "*shop, my-shop, true",
        "*shop, shopping, false",
        "s*p, shop, true",
        "s*p, shopping, false",
        "s**p, sp, true",
        "a*b*c, aXbYc, true",
        "a*b*c, aXcYb, false",
        "a.c, abc, false",
        "a\\Ec*, a\\Ecd, true",
        "*aab, aaaab, true"
    })
    void match_pattern(String pattern, String value, boolean matches) {
        assertThat(new Targets(Map.of("service", pattern)).match(Map.of("service", value)))
                .isEqualTo(matches);
    }

    @Test
    void match_everyLabelMustHold() {
        Targets targets = new Targets(Map.of("service", "shop", "host", "a*"));

        assertThat(targets.match(Map.of("service", "shop", "host", "a1", "pid", "7")))
                .isTrue();
        assertThat(targets.match(Map.of("service", "shop", "host", "b1"))).isFalse();
        assertThat(targets.match(Map.of("service", "shop"))).isFalse();
        assertThat(Targets.ALL.match(Map.of())).isTrue();
    }

    /** A person's pattern must not keep an agent's control thread busy. */
    @Test
    void match_manyStars_isQuick() {
        Targets targets = new Targets(Map.of("service", "*a".repeat(30) + "b"));
        boolean matches = org.junit.jupiter.api.Assertions.assertTimeoutPreemptively(
                ofSeconds(5), () -> targets.match(Map.of("service", "a".repeat(200))));

        assertThat(matches).isFalse();
    }

    @Test
    void severalValues_oneIsEnough() {
        Targets targets = TargetsForm.parse(Map.of("environment", "staging, q*"));

        assertThat(targets.match(Map.of("environment", "staging"))).isTrue();
        assertThat(targets.match(Map.of("environment", "qa"))).isTrue();
        assertThat(targets.match(Map.of("environment", "production"))).isFalse();
    }

    @Test
    void openTelemetrysNames_meanTheSameLabels() {
        assertThat(new Targets(Map.of("service.name", "shop", "host.name", "a"))
                        .match(Map.of("service", "shop", "host", "a")))
                .isTrue();
        assertThat(new Targets(Map.of("service.version", "1.2")).match(Map.of("service", "shop")))
                .isFalse();
    }

    @Test
    void aLargerShare_keepsThoseOfASmallerOne() {
        List<String> ten = drawn(10);

        assertThat(ten).hasSizeBetween(850, 1_150);
        assertThat(drawn(20)).hasSizeBetween(1_800, 2_200).containsAll(ten);
        assertThat(drawn(100)).hasSize(10_000);
    }

    /** Of ten thousand instances named as agents name themselves; a draw asks each alone, so who joins changes no other's. */
    private static List<String> drawn(double percent) {
        Targets targets = new Targets(Map.of("service", List.of("shop")), percent, false);
        return IntStream.range(0, 10_000)
                .mapToObj(i -> "shop-" + (1_000 + i) + "-" + Integer.toHexString(i * 31 % 65_536))
                .filter(id -> targets.match(Map.of("service", "shop", "instance", id)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {service: []}        | the target 'service' has no value
            {percent: 0%}        | a percentage above 0 and up to 100%
            {percent: 101%}      | a percentage above 0 and up to 100%
            {one-per: host}      | 'one-per' is service
            {percent: [1%, 2%]}  | 'percent' must be a single value
            """)
    void whatCantBeMeant_isRefused(String on, String problem) {
        assertThatThrownBy(() -> ProbeReader.written(
                        YamlText.read("{at: 'A:1', log: x, on: " + on + "}", "test")
                                .get(0),
                        Clock.systemUTC()))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining(problem);
    }
}
