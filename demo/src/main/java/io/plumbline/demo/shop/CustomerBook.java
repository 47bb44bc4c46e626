package io.plumbline.demo.shop;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.util.Map;
import java.util.stream.Stream;

/** The customers by their ids. */
final class CustomerBook {
    private final Map<String, Customer> customers = Stream.of(
                    new Customer("anna", "Anna Berg", Tier.STANDARD, "4111111111111111"),
                    new Customer("bela", "Bela Nagy", Tier.STANDARD, "4012888888881881"),
                    new Customer("chen", "Chen Wei", Tier.SILVER, "5555555555554444"),
                    new Customer("dora", "Dora Klein", Tier.GOLD, "5105105105105100"),
                    new Customer("emil", "Emil Novak", Tier.STANDARD, "4222222222222"),
                    new Customer("fatma", "Fatma Yilmaz", Tier.SILVER, "378282246310005"),
                    new Customer("goran", "Goran Ilic", Tier.GOLD, "371449635398431"),
                    new Customer("hana", "Hana Sato", Tier.STANDARD, "6011111111111117"))
            .collect(toMap(Customer::id, identity()));

    Customer customer(String id) {
        Customer customer = customers.get(id);
        if (customer == null) {
            throw new IllegalArgumentException("no such customer: " + id);
        }
        return customer;
    }
}
