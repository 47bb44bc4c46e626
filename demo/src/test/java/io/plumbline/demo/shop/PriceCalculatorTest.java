package io.plumbline.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PriceCalculatorTest {
    private final PriceCalculator prices = new PriceCalculator();

    @ParameterizedTest
    @CsvSource({
        "STANDARD, 1, 119.00",
        "STANDARD, 3, 339.15",
        "STANDARD, 10, 1071.00",
        "SILVER, 1, 115.43",
        "GOLD, 1, 107.10",
        "GOLD, 10, 963.90"
    })
    void total_discountsQuantityAndTier(Tier tier, int quantity, double total) {
        assertThat(prices.total(order(tier, quantity))).isCloseTo(total, within(0.001));
    }

    @Test
    void quotedCents_knowsNoDiscount() {
        assertThat(prices.quotedCents(order(Tier.GOLD, 10).items())).isEqualTo(119_000);
    }

    private static Order order(Tier tier, int quantity) {
        Customer customer = new Customer("zoe", "Zoe", tier, "4111111111111111");
        return new Order("o-1", customer, List.of(new Item("vase-1", "Vase", 100.0, quantity)), 0);
    }
}
