package io.plumbline.pipeline.control.http;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Json;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sends what a request asked for as JSON, and what went wrong as a problem. */
public final class Answers implements HttpHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private final HttpHandler next;
    private final BiConsumer<HttpServerExchange, Problem> ended;

    /** Answers with plain values, or throws what went wrong. */
    @FunctionalInterface
    public interface Source {
        Map<String, Object> answer(HttpServerExchange exchange) throws Exception;
    }

    public Answers(HttpHandler next) {
        this(next, (exchange, problem) -> {});
    }

    /** @param ended told of every problem before it is answered */
    public Answers(HttpHandler next, BiConsumer<HttpServerExchange, Problem> ended) {
        this.next = next;
        this.ended = ended;
    }

    public static HttpHandler json(Source source) {
        return exchange -> send(exchange, 200, "application/json", Json.write(source.answer(exchange)));
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        try {
            next.handleRequest(exchange);
        } catch (Problem e) {
            problem(exchange, e);
        } catch (InvalidInputException e) {
            problem(exchange, Problem.of(e));
        } catch (RuntimeException e) {
            String instance = "urn:uuid:" + UUID.randomUUID();
            LOG.error(
                    "a defect of the control plane, {}, on {} {}",
                    instance,
                    exchange.getRequestMethod(),
                    exchange.getRequestPath(),
                    e);
            problem(
                    exchange,
                    Problem.internal("a defect of Plumbline (" + e + "); look into its log for " + instance)
                            .with("instance", instance));
        }
    }

    private void problem(HttpServerExchange exchange, Problem problem) {
        ended.accept(exchange, problem);
        if (!exchange.isResponseStarted()) {
            if (problem.status() == StatusCodes.UNAUTHORIZED) {
                exchange.getResponseHeaders().put(Headers.WWW_AUTHENTICATE, "Bearer realm=\"plumbline\"");
            }
            send(exchange, problem.status(), "application/problem+json", Json.write(problem.map()));
        }
    }

    private static void send(HttpServerExchange exchange, int status, String type, String json) {
        exchange.setStatusCode(status);
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, type);
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-store");
        exchange.getResponseSender().send(json + "\n");
    }
}
