package io.plumbline.benchmarks;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The program under {@link FirstHit}: ten methods, no two with parameters of the same types, so that each asks the JDK for calls of
 * another shape. All have an {@code order} and a {@code total}.
 */
final class FirstHitLines {
    /** Runs each method once, by its place. */
    static final List<ToDoubleFunction<Order>> ALL = List.of(
            order -> asDouble(order, order.price()),
            order -> asLong(order, order.quantity()),
            order -> asInt(order, order.quantity()),
            order -> asFloat(order, order.quantity()),
            order -> asText(order, order.id()),
            order -> withTruth(order, order.price(), true),
            order -> withLetter('a', order.price(), order),
            order -> withTwo(order.quantity(), order, order.price()),
            order -> withThree(order.tier(), order, 1, order.price(), 2),
            order -> withFour(1, order.quantity(), order, 2, order.tier()));

    /** Their names. */
    static final List<String> NAMES = List.of(
            "asDouble",
            "asLong",
            "asInt",
            "asFloat",
            "asText",
            "withTruth",
            "withLetter",
            "withTwo",
            "withThree",
            "withFour");

    private FirstHitLines() {}

    private static double asDouble(Order order, double total) {
        return total + order.quantity();
    }

    private static double asLong(Order order, long total) {
        return total + order.price();
    }

    private static double asInt(Order order, int total) {
        return total + order.price();
    }

    private static double asFloat(Order order, float total) {
        return total + order.price();
    }

    private static double asText(Order order, String total) {
        return total.length() + order.price();
    }

    private static double withTruth(Order order, double total, boolean isDear) {
        return isDear ? total : order.price();
    }

    private static double withLetter(char grade, double total, Order order) {
        return grade + total + order.price();
    }

    private static double withTwo(long cents, Order order, double total) {
        return cents + total + order.price();
    }

    private static double withThree(String tier, Order order, int more, double total, float tax) {
        return tier.length() + more + total + tax + order.price();
    }

    private static double withFour(float tax, long total, Order order, double discount, String tier) {
        return tax + total + discount + tier.length() + order.price();
    }
}
