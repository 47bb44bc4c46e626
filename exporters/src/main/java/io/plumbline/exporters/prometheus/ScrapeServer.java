package io.plumbline.exporters.prometheus;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.exporters.SettingsException;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/**
 * The endpoint that Prometheus scrapes: {@code /metrics} in the format that the Accept header asks for, {@code
 * /healthz}, and at {@code /} a page that says what is there.
 *
 * <p>Threads: a few daemon threads of its own, named {@code plumbline-prometheus-<n>}. {@link #close} is idempotent and
 * cuts off scrapes that are under way.
 */
final class ScrapeServer implements AutoCloseable {

    private static final int THREADS = 3;
    private static final String TEXT = "text/plain; charset=utf-8";

    private final SeriesStore store;
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final HttpServer server;
    private final ExecutorService threads;

    private ScrapeServer(SeriesStore store, HttpServer server) {
        this.store = store;
        this.server = server;
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newFixedThreadPool(THREADS, task -> {
            Thread thread = new Thread(task, "plumbline-prometheus-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Binds the port and serves at once, also before there is any point.
     *
     * @param keys the settings that say where, for people
     */
    static ScrapeServer start(String host, int port, String keys, SeriesStore store) {
        ScrapeServer scrape = new ScrapeServer(store, bind(host, port, keys));
        scrape.server.setExecutor(scrape.threads);
        scrape.server.createContext("/", scrape.readOnly(scrape::page));
        scrape.server.createContext("/metrics", scrape.readOnly(scrape::metrics));
        scrape.server.createContext("/healthz", scrape.readOnly(exchange -> answer(exchange, 200, TEXT, "ok\n")));
        scrape.server.start();
        return scrape;
    }

    URI uri(String path) {
        InetAddress address = server.getAddress().getAddress();
        String host = address.isAnyLocalAddress() ? "127.0.0.1" : address.getHostAddress();
        String literal = host.contains(":") ? "[" + host + "]" : host;
        return URI.create("http://" + literal + ":" + server.getAddress().getPort() + path);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpServer bind(String host, int port, String keys) {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getByName(host), port), 0);
        } catch (IOException e) {
            throw new SettingsException(
                    keys + ": cannot listen on " + host + ":" + port + " (" + e.getMessage()
                            + "); choose another, port 0 takes any free one",
                    e);
        }
    }

    private HttpHandler readOnly(HttpHandler handler) {
        return exchange -> {
            try (exchange) {
                switch (exchange.getRequestMethod()) {
                    case "GET", "HEAD" -> handler.handle(exchange);
                    default -> {
                        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
                        answer(exchange, 405, TEXT, "only GET and HEAD\n");
                    }
                }
            }
        };
    }

    private void metrics(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/metrics")) {
            answer(exchange, 404, TEXT, "not here; see /\n");
            return;
        }
        ExpositionFormatWriter writer =
                formats.findWriter(exchange.getRequestHeaders().getFirst("Accept"));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writer.write(bytes, store.snapshot());
        answer(exchange, 200, writer.getContentType(), bytes.toByteArray());
    }

    private void page(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestURI().getPath().equals("/")) {
            answer(exchange, 404, TEXT, "not here; see /\n");
            return;
        }
        answer(exchange, 200, "text/html; charset=utf-8", """
                <!doctype html><html lang="en"><title>Plumbline metrics</title>
                <h1>Plumbline metrics for Prometheus</h1>
                <p>%d series are ready at <a href="/metrics">/metrics</a>. Health: <a href="/healthz">/healthz</a>.
                <p>Prometheus scrapes this address; set <code>honor_labels: true</code>, so that the label
                <code>instance</code> stays that of the probed program.
                </html>
                """.formatted(store.seriesCount()));
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        answer(exchange, status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static void answer(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        byte[] sent = body;
        if (acceptsGzip(exchange)) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
            sent = gzip(body);
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.sendResponseHeaders(status, -1);
            return;
        }
        exchange.sendResponseHeaders(status, sent.length == 0 ? -1 : sent.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(sent);
        }
    }

    private static boolean acceptsGzip(HttpExchange exchange) {
        String accepted = exchange.getRequestHeaders().getFirst("Accept-Encoding");
        return accepted != null && accepted.contains("gzip");
    }

    private static byte[] gzip(byte[] body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(body);
        }
        return bytes.toByteArray();
    }
}
