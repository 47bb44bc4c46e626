package io.plumbline.demo.shop;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.stream.Stream;

/** What the shop sells. */
final class Catalog {
    private final Map<String, Item> samples = Stream.of(
                    new Item("mug-1", "Mug, stoneware", 8.90, 1),
                    new Item("mat-3", "Desk mat, felt", 24.00, 1),
                    new Item("lamp-7", "Reading lamp", 39.90, 1),
                    new Item("shelf-9", "Wall shelf", 74.50, 1),
                    new Item("chair-4", "Office chair", 129.50, 1),
                    new Item("desk-2", "Standing desk", 219.00, 1))
            .collect(toMap(Item::sku, identity()));

    Item item(String sku, int quantity) {
        Item sample = samples.get(sku);
        if (sample == null) {
            throw new IllegalArgumentException("no such sku: " + sku);
        }
        return new Item(sku, sample.name(), sample.price(), quantity);
    }
}
