package io.plumbline.demo.shop;

import io.plumbline.demo.service.Arguments;
import java.io.IOException;
import java.net.URI;
import java.util.Set;

/** Starts the shop: {@code --port N --payments http://127.0.0.1:PORT --access-log on}. It runs until the process is told to end. */
public final class ShopMain {
    private ShopMain() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args, Set.of("port", "payments", "access-log"));
        URI payments = arguments.address("payments");
        ShopServer shop =
                ShopServer.start(arguments.number("port", 0, 65535, 0), payments, arguments.isOn("access-log"));
        System.out.println("listening on " + shop.address());
    }
}
