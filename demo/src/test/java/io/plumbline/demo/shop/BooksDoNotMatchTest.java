package io.plumbline.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.service.Ask;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bug of {@code BUG.md} as the outside world sees it. The bug is the demo: this test keeps it from being mended. */
class BooksDoNotMatchTest {
    private static final long ISSUER_ANSWER_NANOS = 150_000_000;

    private final ShopFixture services = new ShopFixture();

    BooksDoNotMatchTest() throws IOException {}

    @AfterEach
    void stop() {
        services.close();
    }

    @ParameterizedTest
    @CsvSource({"anna, desk-2, 3", "chen, desk-2, 3", "dora, desk-2, 1"})
    void books_match(String customer, String sku, String quantity) throws Exception {
        services.order(customer, sku, quantity);

        assertThat(services.balance().number("charges")).isEqualTo(1);
        assertThat(services.balance().number("cents"))
                .isEqualTo(services.sales().number("cents"));
    }

    @Test
    void books_largeOrderOfGold_chargedTwice() throws Exception {
        long startNanos = System.nanoTime();
        Ask answer = services.order("dora", "desk-2", "2");
        long tookNanos = System.nanoTime() - startNanos;

        assertThat(answer.status()).isEqualTo(200);
        assertThat(tookNanos).isGreaterThan(ISSUER_ANSWER_NANOS);
        assertThat(services.sales().number("cents")).isEqualTo(46_910);
        assertThat(services.balance().number("charges")).isEqualTo(2);
        assertThat(services.balance().number("cents")).isEqualTo(46_910 + 52_122);
    }
}
