package io.plumbline.demo.shop;

import java.util.concurrent.atomic.LongAdder;

/** Takes orders: prices them, has them paid, counts them. Called by all threads of the shop. */
final class OrderService {
    private final PriceCalculator prices;
    private final PaymentsClient payments;
    private final PointsBook points;
    private final LongAdder soldOrders = new LongAdder();
    private final LongAdder soldCents = new LongAdder();

    OrderService(PriceCalculator prices, PaymentsClient payments, PointsBook points) {
        this.prices = prices;
        this.payments = payments;
        this.points = points;
    }

    Receipt place(Order order) {
        double total = prices.total(order);
        order.priced(total);
        long cents = Math.round(total * 100);
        Receipt receipt = pay(order, cents);
        order.paid();
        soldOrders.increment();
        soldCents.add(cents);
        return receipt;
    }

    Sales sales() {
        return new Sales(soldOrders.sum(), soldCents.sum());
    }

    private Receipt pay(Order order, long cents) {
        try {
            Receipt receipt = payments.charge(order, cents);
            points.credit(order.customer(), cents);
            return receipt;
        } catch (RuntimeException e) {
            // Payments restarts now and then. Ask once more: it recognises a charge that it has already made.
            return payments.charge(order, order.quotedCents());
        }
    }
}
