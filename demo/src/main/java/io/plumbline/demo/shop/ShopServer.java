package io.plumbline.demo.shop;

import io.plumbline.demo.service.HttpService;
import io.plumbline.demo.service.Parameters;
import io.plumbline.demo.service.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The shop behind HTTP: {@code /order} places an order, {@code /sales} tells what was sold. */
public final class ShopServer implements AutoCloseable {
    private final CustomerBook customers = new CustomerBook();
    private final Catalog catalog = new Catalog();
    private final PriceCalculator prices = new PriceCalculator();
    private final AtomicLong orders = new AtomicLong();
    /** Ids go on being new after a restart. */
    private final String idPrefix = "o-" + Long.toString(System.currentTimeMillis(), 36) + "-";

    private final OrderService service;
    private final HttpService http;

    private ShopServer(int port, URI payments, boolean accessLog) throws IOException {
        service = new OrderService(prices, new PaymentsClient(payments), new PointsBook());
        http = HttpService.start("shop", port, accessLog, Map.of("/order", this::order, "/sales", this::sales));
    }

    /** Port 0 takes any free one. */
    public static ShopServer start(int port, URI payments) throws IOException {
        return start(port, payments, false);
    }

    /** The same, with each request printed if wanted. */
    static ShopServer start(int port, URI payments, boolean accessLog) throws IOException {
        return new ShopServer(port, payments, accessLog);
    }

    public URI address() {
        return http.address();
    }

    @Override
    public void close() {
        http.close();
    }

    private Reply order(Parameters parameters) {
        Customer customer = customers.customer(parameters.text("customer"));
        List<Item> items = items(
                parameters.text("sku").split(","), parameters.text("quantity").split(","));
        Order order = new Order(idPrefix + orders.incrementAndGet(), customer, items, prices.quotedCents(items));
        try {
            Receipt receipt = service.place(order);
            return Reply.ok(
                    "{\"order\":\"%s\",\"status\":\"%s\",\"total\":%.2f,\"charge\":\"%s\"}",
                    order.id(), order.status(), order.total(), receipt.chargeId());
        } catch (PaymentFailedException e) {
            return Reply.error(502, e.getMessage());
        }
    }

    /** Several items come as {@code sku=mug-1,desk-2&quantity=4,1}. */
    private List<Item> items(String[] skus, String[] quantities) {
        if (skus.length != quantities.length) {
            throw new IllegalArgumentException(
                    "every sku must have a quantity: " + skus.length + " skus, " + quantities.length + " quantities");
        }
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < skus.length; i++) {
            items.add(catalog.item(skus[i], Integer.parseInt(quantities[i])));
        }
        return items;
    }

    private Reply sales(Parameters none) {
        Sales sales = service.sales();
        return Reply.ok("{\"orders\":%d,\"cents\":%d}", sales.orders(), sales.cents());
    }
}
