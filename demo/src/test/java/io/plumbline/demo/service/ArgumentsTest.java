package io.plumbline.demo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
    private static final Set<String> NAMES = Set.of("port", "shop");

    @Test
    void number_given() {
        assertThat(parse("--port", "8080").number("port", 0, 65535, 0)).isEqualTo(8080);
    }

    @Test
    void number_fallsBack() {
        assertThat(parse().number("port", 0, 65535, 7)).isEqualTo(7);
    }

    @Test
    void number_outOfRange() {
        assertThatThrownBy(() -> parse("--port", "65536").number("port", 0, 65535, 0))
                .hasMessage("--port must be a number from 0 to 65535: 65536");
    }

    @Test
    void number_notANumber() {
        assertThatThrownBy(() -> parse("--port", "http").number("port", 0, 65535, 0))
                .hasMessage("--port must be a number from 0 to 65535: http");
    }

    @Test
    void parse_unknownName() {
        assertThatThrownBy(() -> parse("--prot", "1")).hasMessage("argument must be one of --port, --shop: --prot");
    }

    @Test
    void parse_missingValue() {
        assertThatThrownBy(() -> parse("--port")).hasMessage("argument must be followed by a value: --port");
    }

    @Test
    void address_dropsTrailingSlash() {
        assertThat(parse("--shop", "http://127.0.0.1:80/").address("shop")).hasToString("http://127.0.0.1:80");
    }

    @Test
    void address_missing() {
        assertThatThrownBy(() -> parse().address("shop")).hasMessageStartingWith("--shop must be an address such as");
    }

    private static Arguments parse(String... words) {
        return Arguments.parse(words, NAMES);
    }
}
