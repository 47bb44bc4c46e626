package io.plumbline.pipeline.control.tail;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.pipeline.control.access.Caller;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Set;

/**
 * Sends signals as they come, to who asked, until they go: as lines of JSON or, to who accepts {@code text/event-stream}, as server-sent
 * events.
 *
 * <p>Threads: a worker of the server's for each who watches.
 */
public final class TailRoute {
    /** Without signals something is sent so often: it tells a dead connection from a quiet one. */
    private static final Duration KEEP_ALIVE = Duration.ofSeconds(2);

    private final SignalTail tail;

    public TailRoute(SignalTail tail) {
        this.tail = tail;
    }

    /** @param probes whose signals are wanted; empty for all */
    public void send(HttpServerExchange exchange, Set<String> probes) {
        TailForm form = form(exchange);
        Watcher watcher = tail.watch(probes, Caller.of(exchange).bounds());
        try {
            exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, form.type());
            exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
            OutputStream out = exchange.getOutputStream();
            send(out, form.keepAlive());
            while (!tail.isClosed()) {
                StringBuilder text = new StringBuilder();
                watcher.take(KEEP_ALIVE).forEach(shown -> text.append(form.of(shown)));
                send(out, text.isEmpty() ? form.keepAlive() : text.toString());
            }
        } catch (IOException | InterruptedException e) {
            // The person has gone, or the server is closing.
            exchange.endExchange();
        } finally {
            tail.leave(watcher);
        }
    }

    private static TailForm form(HttpServerExchange exchange) {
        HeaderValues accepted = exchange.getRequestHeaders().get(Headers.ACCEPT);
        boolean isEvents =
                accepted != null && accepted.stream().anyMatch(each -> each.contains(TailForm.EVENTS.type()));
        return isEvents ? TailForm.EVENTS : TailForm.LINES;
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(UTF_8));
        out.flush();
    }
}
