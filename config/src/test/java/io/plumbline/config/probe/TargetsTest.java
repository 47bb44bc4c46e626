package io.plumbline.config.probe;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

    @ParameterizedTest
    @CsvSource({
        "shop.Order:118, shop.Order, 118, false",
        "Order:1, Order, 1, false",
        "Order.java:7, Order.java, 7, true",
        "Main.kt:65535, Main.kt, 65535, true",
        "shop.Order$Line:3, shop.Order$Line, 3, false"
    })
    void location_forms(String text, String type, int line, boolean isFile) {
        Location location = Location.parse(" " + text + " ");

        assertThat(location).isEqualTo(new Location(type, line));
        assertThat(location.isFile()).isEqualTo(isFile);
        assertThat(location).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource({"shop.Order", "shop.Order:", ":5", "shop.Order:x", "5:5", "a b:5", "''", "Order:-1", "shop/Order.java:5"
    })
    void location_otherForm_isRefusedWithExamples(String text) {
        assertThatThrownBy(() -> Location.parse(text))
                .hasMessage("a location is a class or source file and a line, as in shop.OrderService:118 or"
                        + " OrderService.java:118; this is none: " + text);
    }

    @ParameterizedTest
    @CsvSource({"Order:0, 0", "Order:65536, 65536"})
    void location_lineOutOfRange_isRefused(String text, int line) {
        assertThatThrownBy(() -> Location.parse(text)).hasMessage("the line must be from 1 to 65535: " + line);
    }
}
