package io.plumbline.demo.load;

import java.util.List;
import java.util.Random;

/** An endless mix of orders, the same on every run. Small things are wanted more often than large ones. */
final class OrderMix {
    private static final long SEED = 20_261_123;
    private static final List<String> CUSTOMERS =
            List.of("anna", "bela", "chen", "dora", "emil", "fatma", "goran", "hana");
    private static final List<Want> WANTS = List.of(
            new Want("mug-1", 6),
            new Want("mug-1", 4),
            new Want("mat-3", 3),
            new Want("mat-3", 2),
            new Want("lamp-7", 2),
            new Want("lamp-7", 2),
            new Want("shelf-9", 2),
            new Want("chair-4", 2),
            new Want("desk-2", 2));

    /** One thing that people buy, and how many of it at most. */
    private record Want(String sku, int maxQuantity) {}

    private final Random random = new Random(SEED);

    /** The query of the next order. */
    String next() {
        String customer = CUSTOMERS.get(random.nextInt(CUSTOMERS.size()));
        Want first = WANTS.get(random.nextInt(WANTS.size()));
        Want second = WANTS.get(random.nextInt(WANTS.size()));
        return "customer=" + customer + "&sku=" + first.sku() + "," + second.sku() + "&quantity=" + quantity(first)
                + "," + quantity(second);
    }

    private int quantity(Want want) {
        return 1 + random.nextInt(want.maxQuantity());
    }
}
