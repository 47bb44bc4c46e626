package io.plumbline.demo.load;

import io.plumbline.demo.service.Arguments;
import java.net.URI;
import java.util.Set;

/**
 * Keeps a shop busy: {@code --shop http://127.0.0.1:PORT --rate N --seconds N}, by default 20 orders a second until the
 * process is told to end. Prints one line, at the end.
 */
public final class LoadMain {
    private LoadMain() {}

    public static void main(String[] args) throws InterruptedException {
        Arguments arguments = Arguments.parse(args, Set.of("shop", "rate", "seconds"));
        URI shop = arguments.address("shop");
        int rate = arguments.number("rate", 1, 1000, 20);
        int seconds = arguments.number("seconds", 1, 1_000_000, 1_000_000);
        OrderLoad load = new OrderLoad(shop, (long) rate * seconds);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> end(load), "load-end"));
        load.start(rate);
        load.awaitSent();
        System.exit(0);
    }

    private static void end(OrderLoad load) {
        load.close();
        System.out.println(load.summary());
    }
}
