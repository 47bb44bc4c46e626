package io.plumbline.demo.load;

import static java.util.concurrent.TimeUnit.NANOSECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledThreadPoolExecutor;

/**
 * Sends orders to a shop at a steady rate, whether or not it keeps up. A failed order is counted and forgotten.
 *
 * <p>The thread {@code load-pacer} sends; the HTTP client's threads count what came back.
 */
final class OrderLoad implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final OrderMix mix = new OrderMix();
    private final Tally tally = new Tally();
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();
    private final ScheduledThreadPoolExecutor pacer =
            new ScheduledThreadPoolExecutor(1, task -> new Thread(task, "load-pacer"));
    private final URI shop;
    private final CountDownLatch left;

    /** Sends {@code orders} orders after {@link #start}, unless it is closed before. */
    OrderLoad(URI shop, long orders) {
        this.shop = shop;
        this.left = new CountDownLatch(Math.toIntExact(orders));
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends by close() and has no result
    void start(int ordersPerSecond) {
        pacer.scheduleAtFixedRate(this::sendNext, 0, SECONDS.toNanos(1) / ordersPerSecond, NANOSECONDS);
    }

    void awaitSent() throws InterruptedException {
        left.await();
    }

    String summary() {
        return tally.summary();
    }

    /** Stops sending, then waits for the orders under way; each ends by its timeout at the latest. */
    @Override
    public void close() {
        pacer.shutdownNow();
        try {
            tally.awaitEnds(TIMEOUT);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // ended() counts success and failure alike
    private void sendNext() {
        if (left.getCount() == 0) {
            return;
        }
        tally.sent();
        long startNanos = System.nanoTime();
        HttpRequest request = HttpRequest.newBuilder(URI.create(shop + "/order?" + mix.next()))
                .timeout(TIMEOUT)
                .POST(BodyPublishers.noBody())
                .build();
        http.sendAsync(request, BodyHandlers.ofString())
                .whenComplete((response, failure) -> ended(response, System.nanoTime() - startNanos));
        left.countDown();
    }

    /** The response is null where there was none. */
    private void ended(HttpResponse<String> response, long nanos) {
        if (response != null && response.statusCode() == 200) {
            tally.accepted(nanos);
        } else {
            tally.failed();
        }
    }
}
