package io.plumbline.e2e.programs;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;

/** A server that works on each request to {@code /work}; prints its port and runs until {@code /stop} is asked for. */
public final class Beside {

    private Beside() {}

    public static void main(String[] arguments) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/work", exchange -> answer(exchange, "sum " + work(3)));
        server.createContext("/stop", exchange -> {
            answer(exchange, "stopping");
            Runtime.getRuntime().exit(0);
        });
        server.start();
        System.out.println("port " + server.getAddress().getPort());
    }

    /** Kinds of lines that agents like to change: a loop, a branch, a lambda, a finally. */
    static int work(int rounds) {
        int sum = 0; // @work
        for (int i = 0; i < rounds; i++) { // @loop
            sum += i; // @body
        }
        try {
            sum = sum > 2 ? add(sum) : sum / 0; // @branch
        } finally {
            sum++; // @finally
        }
        return sum;
    }

    private static int add(int sum) {
        IntUnaryOperator twice = number -> number * 2; // @lambda
        return twice.applyAsInt(sum);
    }

    private static void answer(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
