package io.plumbline.benchmarks;

/** The program under the probes: a method of one line's work, so that nothing hides what the probe costs. */
final class Shop {
    /** Where the probes sit. The tear-down of every measurement holds that it is that very line. */
    static final int LINE = 13;

    private Shop() {}

    /** Without a line written by hand. */
    static double price(Order order) {
        double total = order.price() * order.quantity();
        return total - total * order.discount();
    }
}
