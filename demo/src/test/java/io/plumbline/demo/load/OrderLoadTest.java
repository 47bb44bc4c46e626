package io.plumbline.demo.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.payments.PaymentsServer;
import io.plumbline.demo.service.Ask;
import io.plumbline.demo.shop.ShopServer;
import java.net.URI;
import org.junit.jupiter.api.Test;

class OrderLoadTest {
    @Test
    void load_everyOrderIsAccepted() throws Exception {
        try (PaymentsServer payments = PaymentsServer.start(0);
                ShopServer shop = ShopServer.start(0, payments.address())) {
            assertThat(summaryOf(shop.address(), 50)).startsWith("50 orders sent, 50 accepted, 0 failed, ");
            assertThat(Ask.get(shop.address(), "/sales").number("orders")).isEqualTo(50);
        }
    }

    @Test
    void load_shopIsAway() throws Exception {
        URI away;
        try (PaymentsServer payments = PaymentsServer.start(0)) {
            away = payments.address();
        }

        assertThat(summaryOf(away, 5)).startsWith("5 orders sent, 0 accepted, 5 failed, ");
    }

    private static String summaryOf(URI shop, long orders) throws InterruptedException {
        try (OrderLoad load = new OrderLoad(shop, orders)) {
            load.start(200);
            load.awaitSent();
            load.close();
            return load.summary();
        }
    }
}
