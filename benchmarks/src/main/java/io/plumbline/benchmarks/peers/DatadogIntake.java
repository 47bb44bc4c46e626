package io.plumbline.benchmarks.peers;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Says yes to whatever Datadog's agent sends, and remembers what it says of its probes. */
final class DatadogIntake implements AutoCloseable {
    private static final String INFO = """
            {"version": "7.60.0", "client_drop_p0s": true, "endpoints": ["/v0.4/traces", "/debugger/v1/input",
             "/debugger/v1/diagnostics", "/debugger/v2/input"]}
            """;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Queue<String> diagnostics = new ConcurrentLinkedQueue<>();

    DatadogIntake() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.setExecutor(threads);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (path.endsWith("/diagnostics")) {
                diagnostics.add(new String(body, StandardCharsets.UTF_8));
            }
            byte[] answer = (path.equals("/info") ? INFO : "{}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    boolean saw(String word) {
        return diagnostics.stream().anyMatch(text -> text.contains(word));
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
