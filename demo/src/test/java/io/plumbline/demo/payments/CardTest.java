package io.plumbline.demo.payments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CardTest {
    @Test
    void of_goodNumber() {
        assertThat(Card.of("4111111111111111").lastFour()).isEqualTo("1111");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4111111111111112", "41111111", "4111-1111-1111-1111", ""})
    void of_badNumber_isNotRepeatedInFull(String number) {
        assertThatThrownBy(() -> Card.of(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("not the number of a card, ends in .{0,4}");
    }
}
