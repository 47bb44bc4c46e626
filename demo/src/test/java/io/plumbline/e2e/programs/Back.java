package io.plumbline.e2e.programs;

import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

/** Works on what {@link Front} hands over; see there. */
public final class Back {
    private Back() {}

    public static void main(String[] arguments) throws IOException {
        if (arguments[0].equals("http")) {
            serve();
        } else {
            read();
        }
    }

    private static void serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newFixedThreadPool(4));
        server.createContext("/work", exchange -> {
            work(exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        });
        server.start();
        System.out.println("port " + server.getAddress().getPort());
    }

    private static void read() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            System.out.println("port " + server.getLocalPort());
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(server.accept().getInputStream(), StandardCharsets.UTF_8));
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                work(line);
            }
        }
    }

    private static void work(String message) {
        pause();
        long before = System.nanoTime();
        long after = System.nanoTime(); // B
        System.out.println("back " + message + " " + before + " " + after);
    }

    private static void pause() {
        try {
            Thread.sleep(3);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
