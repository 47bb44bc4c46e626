package io.plumbline.demo.shop;

import java.util.List;

/** What a customer wants, and how far it got. Used by the one thread that serves its request. */
final class Order {
    /** Where an order stands. */
    enum Status {
        NEW,
        PRICED,
        PAID
    }

    private final String id;
    private final Customer customer;
    private final List<Item> items;
    private final long quotedCents;
    private Status status = Status.NEW;
    private double total;

    /** {@code quotedCents} is what the items cost by the price list. */
    Order(String id, Customer customer, List<Item> items, long quotedCents) {
        this.id = id;
        this.customer = customer;
        this.items = List.copyOf(items);
        this.quotedCents = quotedCents;
    }

    String id() {
        return id;
    }

    Customer customer() {
        return customer;
    }

    List<Item> items() {
        return items;
    }

    long quotedCents() {
        return quotedCents;
    }

    Status status() {
        return status;
    }

    double total() {
        return total;
    }

    void priced(double newTotal) {
        total = newTotal;
        status = Status.PRICED;
    }

    void paid() {
        status = Status.PAID;
    }
}
