package io.plumbline.demo.shop;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The loyalty points that customers have collected. Called by all threads of the shop. */
final class PointsBook {
    /** A typing error in an order must not empty the shop: a euro earns a point, and nobody spends this much at once. */
    private static final int MAX_POINTS_PER_ORDER = 1000;

    private final Map<String, Integer> points = new ConcurrentHashMap<>();

    void credit(Customer customer, long paidCents) {
        int earned = (int) (paidCents / 100) * customer.tier().pointsPerEuro();
        if (earned > MAX_POINTS_PER_ORDER) {
            throw new IllegalArgumentException("points of an order must be <= " + MAX_POINTS_PER_ORDER + ": " + earned);
        }
        points.merge(customer.id(), earned, Integer::sum);
    }
}
