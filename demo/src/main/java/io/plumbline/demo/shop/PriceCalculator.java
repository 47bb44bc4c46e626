package io.plumbline.demo.shop;

import java.util.List;

/** What an order costs: the items, less the discounts for quantity and tier, with tax. */
final class PriceCalculator {
    private static final double TAX = 0.19;

    /** In euros, not yet rounded. */
    double total(Order order) {
        double net = 0;
        for (Item item : order.items()) {
            double discount = quantityDiscount(item.quantity());
            double price = item.price() * item.quantity() * (1 - discount);
            net += price;
        }
        net *= 1 - order.customer().tier().discount();
        return net * (1 + TAX);
    }

    /** By the price list, without any discount. */
    long quotedCents(List<Item> items) {
        double net = items.stream()
                .mapToDouble(item -> item.price() * item.quantity())
                .sum();
        return Math.round(net * (1 + TAX) * 100);
    }

    private static double quantityDiscount(int quantity) {
        if (quantity >= 10) {
            return 0.10;
        }
        return quantity >= 3 ? 0.05 : 0.0;
    }
}
