package io.plumbline.pipeline.control;

import io.plumbline.pipeline.control.access.Guard;
import io.plumbline.pipeline.control.http.Answers;
import io.plumbline.pipeline.control.http.Routes;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.util.Headers;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * The pipeline's own meters for Prometheus under {@code /metrics}, on the loopback interface and without a token. Beside the API
 * where there is one; else on a port of its own.
 *
 * <p>Threads: Undertow's.
 */
public final class MetersPage implements AutoCloseable {
    static final String PATH = "/metrics";

    private final Undertow server;

    private MetersPage(Undertow server) {
        this.server = server;
    }

    /**
     * Serves nothing else.
     *
     * @param port 0 takes any free one
     * @param meters as Prometheus reads them
     */
    public static MetersPage start(int port, Supplier<String> meters) {
        Undertow server = Undertow.builder()
                .addHttpListener(port, "127.0.0.1")
                .setIoThreads(1)
                .setWorkerThreads(2)
                .setHandler(new BlockingHandler(new Answers(new Routes(Api::unknown).get(PATH, page(meters)))))
                .build();
        try {
            server.start();
        } catch (RuntimeException e) {
            throw new IllegalStateException(
                    "the meters can't be served (" + e.getMessage() + "); choose another port with --port, 0 takes any",
                    e);
        }
        return new MetersPage(server);
    }

    /** The page itself. */
    static HttpHandler page(Supplier<String> meters) {
        return Guard.withoutToken(exchange -> {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
            exchange.getResponseSender().send(meters.get());
        });
    }

    /** Where it is. */
    public String url() {
        return "http://127.0.0.1:"
                + ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort() + PATH;
    }

    @Override
    public void close() {
        server.stop();
    }
}
