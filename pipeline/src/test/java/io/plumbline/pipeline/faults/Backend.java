package io.plumbline.pipeline.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;

/** A backend that keeps the numbers of the signals that it took, and does what a fault says. */
final class Backend implements Endpoint {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Dialect dialect;

    /** How often each came; guarded by this. */
    private final Map<Integer, Integer> taken = new HashMap<>();

    /** What it will never take; guarded by this. */
    private final Set<Integer> refused = new HashSet<>();

    /** Guarded by this. */
    private Trouble trouble = Trouble.NONE;

    /** Requests with signals since the trouble began; guarded by this. */
    private int calls;

    Backend(Dialect dialect) throws IOException {
        this.dialect = dialect;
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    @Override
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public synchronized void begin(Trouble next) {
        trouble = next;
        calls = 0;
        taken.clear();
        refused.clear();
    }

    /** It is found by its address. */
    @Override
    public void exportingIs(Child host) {}

    private void handle(HttpExchange exchange) throws IOException {
        byte[] body = body(exchange);
        if (dialect.isSetup(exchange.getRequestURI().getPath())) {
            reply(exchange, 200, Map.of(), dialect.setup(exchange.getRequestMethod()));
            return;
        }
        Set<Integer> numbers = dialect.numbers(body);
        Trouble.Answer answer;
        String text;
        synchronized (this) {
            answer = trouble.answer(++calls, numbers, dialect);
            text = settle(numbers, answer);
        }
        answer.before().run();
        if (answer.isSilent()) {
            exchange.getResponseBody().close(); // the connection goes without a word
            exchange.close();
            return;
        }
        reply(exchange, answer.status(), answer.headers(), text);
    }

    /** What is kept of a request, and the body of its answer. */
    private String settle(Set<Integer> numbers, Trouble.Answer answer) {
        Set<Integer> known = new HashSet<>(taken.keySet());
        for (int number : numbers) {
            if (answer.takes().test(number)) {
                taken.merge(number, 1, Integer::sum);
            } else if (answer.refuses().test(number)) {
                refused.add(number);
            }
        }
        if (answer.itemStatus() != 0) {
            return dialect.partial(numbers, answer.takes(), answer.itemStatus());
        }
        return answer.status() < 300 ? dialect.taken(numbers, known::contains) : "trouble";
    }

    private static byte[] body(HttpExchange exchange) throws IOException {
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return in.readAllBytes();
        }
    }

    private static void reply(HttpExchange exchange, int status, Map<String, String> headers, String text)
            throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        headers.forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public synchronized Map<Integer, Integer> taken() {
        return Map.copyOf(taken);
    }

    @Override
    public synchronized Set<Integer> refused() {
        return Set.copyOf(refused);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
