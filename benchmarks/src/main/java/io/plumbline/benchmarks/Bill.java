package io.plumbline.benchmarks;

/** The program under the snapshot probes: ten variables in scope, two of them objects with objects in them. */
final class Bill {
    /** Where the probes sit. The tear-down of every measurement holds that it is that very line. */
    static final int LINE = 29;

    private static final Customer[] CUSTOMERS = {
        new Customer("Ada", 1815, new Address("Main Street", 12, "London")),
        new Customer("Grace", 1906, new Address("Broadway", 7, "New York")),
    };

    private Bill() {}

    private record Customer(String name, long since, Address address) {}

    private record Address(String street, int number, String city) {}

    static double of(Order order) {
        Customer customer = CUSTOMERS[order.quantity() & 1];
        double total = order.price() * order.quantity();
        boolean isDear = total > 100;
        long cents = (long) (total * 100);
        String currency = "EUR";
        char grade = isDear ? 'a' : 'b';
        float tax = 0.19f;
        Address address = customer.address;
        double gross = total * (1 + tax);
        return gross + cents + currency.length() + grade + address.number - total * order.discount();
    }
}
