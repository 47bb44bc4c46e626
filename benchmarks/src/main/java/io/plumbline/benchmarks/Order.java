package io.plumbline.benchmarks;

/** What the program under the probes works on. */
record Order(String id, String tier, double price, int quantity, double discount) {

    /** Costs more than any other, so a condition that is false for all others is true for it. */
    static final Order HUGE = new Order("huge", "gold", 1e9, 1_000, 0);

    private static final String[] TIERS = {"basic", "silver", "gold"};

    /** An ordinary order. */
    static Order number(int number) {
        return new Order(
                "o-" + number, TIERS[number % TIERS.length], 0.5 + number % 37, 1 + number % 9, number % 5 / 100.0);
    }
}
