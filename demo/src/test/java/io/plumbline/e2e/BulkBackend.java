package io.plumbline.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * Takes log records as Elasticsearch does, and keeps of each the number that its text has behind a word: {@code ~word
 * 17~}. A record that comes again under its id is not taken again.
 */
final class BulkBackend implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Pattern TEXT = Pattern.compile("~(\\w+ \\d+)~");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    /** What requests are answered with; 200 takes them. */
    private volatile int answer = 200;

    /** Guarded by this. */
    private final Set<String> ids = new HashSet<>();

    /** Word and number of each; guarded by this. */
    private final List<String> texts = new ArrayList<>();

    BulkBackend() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** From now on answers so. */
    void answer(int status) {
        answer = status;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = body(exchange);
        if (answer != 200) {
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
            return;
        }
        if (exchange.getRequestURI().getPath().contains("_bulk")) {
            reply(exchange, bulk(body.split("\n")));
        } else {
            boolean isAsked = exchange.getRequestMethod().equals("GET");
            reply(exchange, isAsked ? "{\"version\":{\"number\":\"8.15.0\"}}" : "{\"acknowledged\":true}");
        }
    }

    /** An action and a document in turn. */
    private synchronized String bulk(String[] lines) throws IOException {
        List<String> items = new ArrayList<>();
        for (int i = 0; i + 1 < lines.length; i += 2) {
            String id = MAPPER.readTree(lines[i]).at("/create/_id").asText();
            boolean isNew = ids.add(id);
            if (isNew) {
                Matcher text = TEXT.matcher(lines[i + 1]);
                if (text.find()) {
                    texts.add(text.group(1));
                }
            }
            items.add("{\"create\":{\"status\":" + (isNew ? 201 : 409) + "}}");
        }
        return "{\"items\":[" + String.join(",", items) + "]}";
    }

    /**
     * The numbers that came with a word, each once.
     *
     * @param missing how many of those between the first and the last did not
     * @param gaps the first hundred of the missing
     */
    record Numbers(int count, int first, int last, int missing, List<Integer> gaps) {}

    /**
     * @throws AssertionError when one of them came twice, under two ids
     */
    synchronized Numbers numbers(String word) {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String text : texts) {
            if (text.startsWith(word + " ") && !numbers.add(Integer.parseInt(text.substring(word.length() + 1)))) {
                throw new AssertionError("'" + text + "' is there under two ids");
            }
        }
        if (numbers.isEmpty()) {
            return new Numbers(0, 0, 0, 0, List.of());
        }
        int span = numbers.last() - numbers.first() + 1;
        List<Integer> gaps = IntStream.range(numbers.first(), numbers.last())
                .filter(number -> !numbers.contains(number))
                .limit(100)
                .boxed()
                .toList();
        return new Numbers(numbers.size(), numbers.first(), numbers.last(), span - numbers.size(), gaps);
    }

    private static String body(HttpExchange exchange) throws IOException {
        boolean packed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        try (InputStream in = packed ? new GZIPInputStream(exchange.getRequestBody()) : exchange.getRequestBody()) {
            return new String(in.readAllBytes(), UTF_8);
        }
    }

    private static void reply(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
