package io.plumbline.e2e.programs;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/**
 * Takes requests over HTTP and has {@link Back} work on each: over HTTP, where its argument is {@code http}, and through a queue,
 * which is a socket and lines of text, where it is {@code queue}. Prints what the clock said before and after each request came to a
 * line, in nanoseconds of {@link System#nanoTime}, which all processes of a host share: the hit lies between, however long the
 * thread waited for a core.
 */
public final class Front {
    private final String kind;
    private final int port;
    private final HttpClient client = HttpClient.newHttpClient();
    private Writer queue;

    private Front(String kind, int port) {
        this.kind = kind;
        this.port = port;
    }

    public static void main(String[] arguments) throws IOException {
        Front front = new Front(arguments[0], Integer.parseInt(arguments[1]));
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/order", exchange -> {
            String answer = front.order(exchange.getRequestURI().getQuery());
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        System.out.println("port " + server.getAddress().getPort());
    }

    private String order(String id) throws IOException {
        long beforeA = System.nanoTime();
        long afterA = System.nanoTime(); // A
        String answer = kind.equals("http") ? ask(id) : put(id);
        long beforeC = System.nanoTime();
        long afterC = System.nanoTime(); // C
        System.out.println("front " + id + " " + beforeA + " " + afterA + " " + beforeC + " " + afterC);
        return answer;
    }

    private String ask(String id) throws IOException {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/work?" + id))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private synchronized String put(String id) throws IOException {
        if (queue == null) {
            queue = new OutputStreamWriter(
                    new Socket(InetAddress.getLoopbackAddress(), port).getOutputStream(), StandardCharsets.UTF_8);
        }
        queue.write(id + "\n");
        queue.flush();
        return "queued";
    }
}
