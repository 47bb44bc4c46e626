package io.plumbline.benchmarks;

/** The program under the exception probe: what is thrown is there already, so nothing hides what taking it costs. */
final class Payment {
    /** Where the probe sits. */
    static final String PLACE = Payment.class.getName() + "#of:catch";

    private static final Declined DECLINED =
            new Declined("the card was declined", new IllegalStateException("the bank says no"));

    private Payment() {}

    private static final class Declined extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Declined(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Something that may be done with what was caught. */
    interface Caught {
        void caught(Order order, RuntimeException failure);
    }

    static double of(Order order) {
        double total = order.price() * order.quantity();
        try {
            return charge(order, total);
        } catch (Declined e) {
            return total / 2;
        }
    }

    /** The same with a line by hand. */
    static double of(Order order, Caught line) {
        double total = order.price() * order.quantity();
        try {
            return charge(order, total);
        } catch (Declined e) {
            line.caught(order, e);
            return total / 2;
        }
    }

    private static double charge(Order order, double total) {
        if (total > -1) {
            throw DECLINED;
        }
        return total - total * order.discount();
    }
}
