package io.plumbline.demo.payments;

import io.plumbline.demo.service.Arguments;
import java.io.IOException;
import java.util.Set;

/** Starts payments: {@code --port N --access-log on}. It runs until the process is told to end. */
public final class PaymentsMain {
    private PaymentsMain() {}

    public static void main(String[] args) throws IOException {
        Arguments arguments = Arguments.parse(args, Set.of("port", "access-log"));
        PaymentsServer payments =
                PaymentsServer.start(arguments.number("port", 0, 65535, 0), arguments.isOn("access-log"));
        System.out.println("listening on " + payments.address());
    }
}
