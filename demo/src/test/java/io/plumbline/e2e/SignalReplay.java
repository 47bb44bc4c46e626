package io.plumbline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The console's own files beside a tail that sends log records at a rate of one's choice, as fast as no probe with its limits would. Ends with the test.
 *
 * <p>Threads: one for each request, so one that sends as long as the page reads.
 */
final class SignalReplay implements AutoCloseable {
    private static final Path CONSOLE = Path.of("../dashboards/target/classes/dashboards/console")
            .toAbsolutePath()
            .normalize();
    private static final long BEAT_MILLIS = 10;
    private static final Map<String, String> TYPES =
            Map.of("js", "text/javascript", "css", "text/css", "svg", "image/svg+xml", "html", "text/html");
    private static final String PROBE = """
            {"probes": [{"id": "hot", "version": 1, "off": false, "expired": false, "signed": true, "targets": ["shop-1"], "reports": [],
              "definition": {"id": "hot", "at": "shop.OrderService:42", "log": [{"template": "order {order.id}"}]},
              "summary": {"instances": 1, "states": {"emitting": 1}, "leastEvery": 0, "mostEvery": 0, "emitted": 1, "mostShare": 0.01}}]}
            """;

    private final int perSecond;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicLong sent = new AtomicLong();

    SignalReplay(int perSecond) throws IOException {
        this.perSecond = perSecond;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/console", this::file);
        server.createContext("/api/v1/whoami", exchange -> json(exchange, """
                        {"name": "ann", "role": "admin", "services": [], "environments": []}
                        """));
        server.createContext("/api/v1/instances", exchange -> json(exchange, "{\"instances\": []}"));
        server.createContext("/api/v1/probes", exchange -> json(exchange, PROBE));
        server.createContext("/api/v1/probes/hot/signals", exchange -> json(exchange, "{\"signals\": []}"));
        server.createContext("/api/v1/tail", this::tail);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Signals sent until now. */
    long sent() {
        return sent.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void tail(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        long start = System.nanoTime();
        long done = 0;
        try (OutputStream out = exchange.getResponseBody()) {
            while (!Thread.interrupted()) {
                long due = (System.nanoTime() - start) * perSecond / 1_000_000_000;
                StringBuilder lines = new StringBuilder();
                for (; done < due; done++) {
                    lines.append(line(done));
                }
                out.write(lines.toString().getBytes(UTF_8));
                out.flush();
                sent.set(done);
                Thread.sleep(BEAT_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String line(long number) {
        return """
                {"kind":"log","time":%d,"service":"shop","instance":"shop-1","probe":"hot","severity":"INFO","body":"order o-%d of Fatma Yilmaz (SILVER): 309.23 EUR",\
                "line":42,"function":"shop.OrderService.place","thread":"http-%d","event":"plumbline.log","values":{"order.id":"o-%d","tier":"SILVER"},\
                "traceId":"%032x","spanId":"%016x","uid":"%032x"}
                """.formatted(System.currentTimeMillis(), number, number % 8, number, number, number, number);
    }

    private void file(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().substring("/console".length());
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        Path file =
                CONSOLE.resolve(type == null ? "index.html" : path.substring(1)).normalize();
        if (!file.startsWith(CONSOLE) || !Files.isRegularFile(file)) {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
            return;
        }
        send(exchange, type == null ? "text/html" : type, Files.readAllBytes(file));
    }

    private static void json(HttpExchange exchange, String text) throws IOException {
        send(exchange, "application/json", text.getBytes(UTF_8));
    }

    private static void send(HttpExchange exchange, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
