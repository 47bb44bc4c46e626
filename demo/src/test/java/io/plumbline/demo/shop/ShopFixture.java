package io.plumbline.demo.shop;

import io.plumbline.demo.payments.PaymentsServer;
import io.plumbline.demo.service.Ask;
import java.io.IOException;

/** A shop and its payments, both on free ports. */
final class ShopFixture implements AutoCloseable {
    final PaymentsServer payments = PaymentsServer.start(0);
    final ShopServer shop = ShopServer.start(0, payments.address());

    ShopFixture() throws IOException {}

    Ask order(String customer, String sku, String quantity) throws IOException, InterruptedException {
        return Ask.get(shop.address(), "/order?customer=" + customer + "&sku=" + sku + "&quantity=" + quantity);
    }

    Ask sales() throws IOException, InterruptedException {
        return Ask.get(shop.address(), "/sales");
    }

    Ask balance() throws IOException, InterruptedException {
        return Ask.get(payments.address(), "/balance");
    }

    @Override
    public void close() {
        shop.close();
        payments.close();
    }
}
