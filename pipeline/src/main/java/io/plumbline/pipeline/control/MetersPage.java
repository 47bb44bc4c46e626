package io.plumbline.pipeline.control;

import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.http.Answers;
import io.plumbline.pipeline.control.http.Routes;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * The pipeline's own meters for Prometheus under {@code /metrics}, without a token, and {@code /healthz}. Beside the API
 * where there is one; else on a port of its own.
 *
 * <p>Threads: Undertow's.
 */
public final class MetersPage implements AutoCloseable {
    static final String PATH = "/metrics";
    static final String HEALTH = "/healthz";

    private final Listening listening;
    private final Undertow server;

    private MetersPage(Listening listening, Undertow server) {
        this.listening = listening;
        this.server = server;
    }

    /**
     * Serves nothing else.
     *
     * @param listening where, and under which names
     * @param port 0 takes any free one
     * @param meters as Prometheus reads them
     */
    public static MetersPage start(Listening listening, int port, Supplier<String> meters) {
        Undertow server = Undertow.builder()
                .addHttpListener(port, listening.host())
                .setIoThreads(1)
                .setWorkerThreads(2)
                .setHandler(new BlockingHandler(listening
                        .names()
                        .before(new Answers(
                                new Routes(Api::unknown).get(PATH, page(meters)).get(HEALTH, MetersPage::health)))))
                .build();
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the meters can't be served (" + e.getMessage() + "); choose another port with --port, 0 takes any",
                    e);
        }
        return new MetersPage(listening, server);
    }

    /** The page itself. */
    static HttpHandler page(Supplier<String> meters) {
        return Guard.withoutToken(exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
            exchange.getResponseSender().send(meters.get());
        });
    }

    /**
     * For whoever restarts what hangs: this process has started all its parts and answers. Says nothing else, so anybody may ask, under any name; an
     * exporter whose backend is away is no reason to restart.
     */
    static void health(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; charset=utf-8");
        exchange.getResponseSender().send("ok\n");
    }

    /** Where it is. */
    public String url() {
        return listening.url(
                        ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort())
                + PATH;
    }

    @Override
    public void close() {
        server.stop();
    }
}
