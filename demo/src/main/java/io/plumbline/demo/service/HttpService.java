package io.plumbline.demo.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP server on the loopback interface with a fixed number of threads. Requests beyond them wait; none is refused.
 *
 * <p>Routes are called by the threads {@code NAME-http-1} to {@code NAME-http-8}.
 */
public final class HttpService implements AutoCloseable {
    private static final int THREADS = 8;

    static {
        // Without it the JDK's server holds a reply's body back until the client has acknowledged the headers.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads;

    private HttpService(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Starts one.
     *
     * @param port 0 takes any free one
     * @param accessLog whether each request is printed, with its times by {@link System#nanoTime}
     */
    public static HttpService start(String name, int port, boolean accessLog, Map<String, Route> routes)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS, named(name + "-http-"));
        server.setExecutor(threads);
        routes.forEach((path, route) -> {
            Route served = accessLog ? new LoggedRoute(path, route) : route;
            server.createContext(path, exchange -> handle(served, exchange));
        });
        server.start();
        return new HttpService(server, threads);
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void handle(Route route, HttpExchange exchange) throws IOException {
        try (exchange) {
            String query = Objects.requireNonNullElse(exchange.getRequestURI().getRawQuery(), "");
            String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
            Reply reply = answer(route, query, form);
            byte[] body = (reply.body() + "\n").getBytes(UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(reply.status(), body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static Reply answer(Route route, String query, String form) {
        try {
            return route.answer(Parameters.of(query, form));
        } catch (IllegalArgumentException e) {
            return Reply.error(400, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return Reply.error(500, String.valueOf(e.getMessage()));
        }
    }

    private static ThreadFactory named(String prefix) {
        AtomicInteger started = new AtomicInteger();
        return task -> {
            Thread thread = new Thread(task, prefix + started.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }
}
