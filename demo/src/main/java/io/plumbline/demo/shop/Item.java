package io.plumbline.demo.shop;

/** One line of an order. The price is of one piece, in euros, before tax. */
record Item(String sku, String name, double price, int quantity) {
    Item {
        if (quantity < 1) {
            throw new IllegalArgumentException("quantity must be > 0: " + quantity);
        }
    }
}
