package io.plumbline.demo.shop;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Charges customers' cards at the payments service. Blocks its caller for at most the timeout. */
final class PaymentsClient {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Pattern CHARGE = Pattern.compile("\"charge\":\"([^\"]+)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final URI payments;

    PaymentsClient(URI payments) {
        this.payments = payments;
    }

    Receipt charge(Order order, long cents) {
        HttpRequest request = request(order, cents);
        HttpResponse<String> response = send(request);
        Matcher charge = CHARGE.matcher(response.body());
        if (response.statusCode() != 200 || !charge.find()) {
            throw new PaymentFailedException("payments answered " + response.statusCode() + " to order " + order.id());
        }
        return new Receipt(charge.group(1), cents);
    }

    private HttpRequest request(Order order, long cents) {
        Customer customer = order.customer();
        String form = "order=" + encoded(order.id())
                + "&customer=" + encoded(customer.id())
                + "&card=" + encoded(customer.cardNumber())
                + "&cents=" + cents;
        return HttpRequest.newBuilder(URI.create(payments + "/charge"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new PaymentFailedException("payments cannot be reached at " + payments, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PaymentFailedException("interrupted while waiting for payments", e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, UTF_8);
    }
}
