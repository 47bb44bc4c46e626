package io.plumbline.pipeline.control.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.undertow.server.HttpServerExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.xnio.channels.StreamSourceChannel;

/**
 * Reads a request's body, whole and in time: a client that sends a byte a second gives the thread back after {@link #PATIENCE} in
 * all, not after that long between bytes.
 *
 * <p>Threads: the worker of the request, which it may hold for so long.
 */
public final class Body {
    public static final Duration PATIENCE = Duration.ofSeconds(10);

    /** The largest that is taken. */
    public static final long MAX_BYTES = 1 << 20;

    /** So much is read before a larger one is refused: a connection that ends with bytes unread takes the answer with it. */
    public static final long MAX_READ_BYTES = 4 * MAX_BYTES;

    /** So long the rest of a body that is too large is waited for. */
    private static final Duration LINGER = Duration.ofSeconds(1);

    private static final int PIECE = 8 << 10;

    private Body() {}

    /**
     * The body as text.
     *
     * @throws Problem when it is not there in time, or larger than {@link #MAX_BYTES}
     * @throws IOException when the client has gone
     */
    public static String text(HttpServerExchange exchange) throws IOException {
        if (exchange.getRequestContentLength() > MAX_READ_BYTES) {
            throw tooLarge(exchange);
        }
        StreamSourceChannel channel = exchange.getRequestChannel();
        if (channel == null) {
            return "";
        }
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        ByteBuffer piece = ByteBuffer.allocate(PIECE);
        long size = 0;
        while (true) {
            int read = channel.read(piece);
            if (read < 0 && size <= MAX_BYTES) {
                return body.toString(UTF_8);
            }
            size += Math.max(0, read);
            if (read < 0 || size > MAX_READ_BYTES) {
                throw tooLarge(exchange);
            }
            if (size <= MAX_BYTES) {
                body.write(piece.array(), 0, piece.position());
            } else if (size - read <= MAX_BYTES) {
                deadlineNanos = Math.min(deadlineNanos, System.nanoTime() + LINGER.toNanos());
            }
            piece.clear();
            long leftNanos = deadlineNanos - System.nanoTime();
            if (leftNanos <= 0) {
                throw size > MAX_BYTES ? tooLarge(exchange) : tooSlow(exchange);
            }
            if (read == 0) {
                channel.awaitReadable(leftNanos, TimeUnit.NANOSECONDS);
            }
        }
    }

    private static Problem tooSlow(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        return Problem.timedOut("the request's body was not there within " + PATIENCE.toSeconds()
                + " s; send it faster, or in several requests");
    }

    private static Problem tooLarge(HttpServerExchange exchange) {
        exchange.setPersistent(false);
        return Problem.tooLarge(
                "the request is larger than " + MAX_BYTES + " bytes; send the probes in several requests");
    }
}
