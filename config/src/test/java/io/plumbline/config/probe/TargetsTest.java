package io.plumbline.config.probe;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
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
}
