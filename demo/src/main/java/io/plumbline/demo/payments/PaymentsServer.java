package io.plumbline.demo.payments;

import io.plumbline.demo.service.HttpService;
import io.plumbline.demo.service.Parameters;
import io.plumbline.demo.service.Reply;
import java.io.IOException;
import java.net.URI;
import java.util.Map;

/** Payments behind HTTP: {@code /charge} takes money from a card, {@code /balance} tells how much was taken. */
public final class PaymentsServer implements AutoCloseable {
    private final Ledger ledger = new Ledger(new RiskCheck(new Issuer()));
    private final HttpService http;

    private PaymentsServer(int port, boolean accessLog) throws IOException {
        http = HttpService.start(
                "payments", port, accessLog, Map.of("/charge", this::charge, "/balance", this::balance));
    }

    /** Port 0 takes any free one. */
    public static PaymentsServer start(int port) throws IOException {
        return start(port, false);
    }

    /** The same, with each request printed if wanted. */
    static PaymentsServer start(int port, boolean accessLog) throws IOException {
        return new PaymentsServer(port, accessLog);
    }

    public URI address() {
        return http.address();
    }

    @Override
    public void close() {
        http.close();
    }

    private Reply charge(Parameters parameters) {
        Card card = Card.of(parameters.text("card"));
        long cents = parameters.number("cents");
        if (cents <= 0) {
            throw new IllegalArgumentException("cents must be > 0: " + cents);
        }
        try {
            Charge charge = ledger.charge(parameters.text("order"), parameters.text("customer"), card, cents);
            return Reply.ok("{\"charge\":\"%s\",\"cents\":%d}", charge.id(), charge.cents());
        } catch (ChargeRefusedException e) {
            return Reply.error(402, e.getMessage());
        }
    }

    private Reply balance(Parameters none) {
        Balance balance = ledger.balance();
        return Reply.ok("{\"charges\":%d,\"cents\":%d}", balance.charges(), balance.cents());
    }
}
