package io.plumbline.demo.shop;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.demo.service.Ask;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShopServerTest {
    private final ShopFixture services = new ShopFixture();

    ShopServerTest() throws IOException {}

    @AfterEach
    void stop() {
        services.close();
    }

    @Test
    void order_isPaid() throws Exception {
        Ask answer = services.order("anna", "lamp-7", "2");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .containsPattern("\"order\":\"o-.+-1\",\"status\":\"PAID\",\"total\":94.96,\"charge\":\"c-1\"");
        assertThat(services.sales().body()).isEqualTo("{\"orders\":1,\"cents\":9496}\n");
    }

    @Test
    void order_severalItems() throws Exception {
        assertThat(services.order("anna", "mug-1,desk-2", "4,1").number("total"))
                .isEqualTo(300.86);
    }

    @Test
    void order_unknownCustomer() throws Exception {
        assertThat(services.order("nobody", "lamp-7", "2"))
                .isEqualTo(new Ask(400, "{\"error\":\"no such customer: nobody\"}\n"));
    }

    @Test
    void order_unknownSku() throws Exception {
        assertThat(services.order("anna", "boat-1", "2"))
                .isEqualTo(new Ask(400, "{\"error\":\"no such sku: boat-1\"}\n"));
    }

    @Test
    void order_noQuantity() throws Exception {
        assertThat(services.order("anna", "lamp-7", "0"))
                .isEqualTo(new Ask(400, "{\"error\":\"quantity must be > 0: 0\"}\n"));
    }

    @Test
    void order_moreSkusThanQuantities() throws Exception {
        assertThat(services.order("anna", "lamp-7,mug-1", "1"))
                .isEqualTo(new Ask(400, "{\"error\":\"every sku must have a quantity: 2 skus, 1 quantities\"}\n"));
    }

    @Test
    void order_paymentsAway() throws Exception {
        services.payments.close();

        assertThat(services.order("anna", "lamp-7", "2").status()).isEqualTo(502);
        assertThat(services.sales().body()).isEqualTo("{\"orders\":0,\"cents\":0}\n");
    }
}
