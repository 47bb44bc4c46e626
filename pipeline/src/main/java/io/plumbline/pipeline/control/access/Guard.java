package io.plumbline.pipeline.control.access;

import io.plumbline.pipeline.control.http.Answers;
import io.plumbline.pipeline.control.http.Problem;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;

/**
 * Lets in who has a token that is good, notes who it is ({@link Caller}), and asks for the role that a route needs. Takes requests from programs on this machine and from our own
 * console. Any other page in a browser
 * is neither: it sends the Origin of another server, or after a DNS trick a Host that is not ours.
 */
public final class Guard implements HttpHandler {
    private static final String BEARER = "Bearer ";

    private final Bearers bearers;
    private final HttpHandler next;

    public Guard(Bearers bearers, HttpHandler next) {
        this.bearers = bearers;
        this.next = next;
    }

    /** One that lets in any program on this machine, for what is no secret there. */
    public static HttpHandler withoutToken(HttpHandler next) {
        return exchange -> {
            refusePages(exchange);
            next.handleRequest(exchange);
        };
    }

    /** An answer for callers with a role. */
    public static HttpHandler needs(AccessRole role, Answers.Source source) {
        return behind(role, Answers.json(source));
    }

    /** An answer for callers with a role, and for assistants. */
    public static HttpHandler needsOrAssists(AccessRole role, Answers.Source source) {
        HttpHandler next = Answers.json(source);
        return exchange -> {
            if (Caller.of(exchange).role() != AccessRole.ASSISTANT) {
                Caller.of(exchange).require(role);
            }
            next.handleRequest(exchange);
        };
    }

    /** A handler for callers with a role. */
    public static HttpHandler behind(AccessRole role, HttpHandler next) {
        return exchange -> {
            Caller.of(exchange).require(role);
            next.handleRequest(exchange);
        };
    }

    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        refuseStrangers(exchange);
        next.handleRequest(exchange);
    }

    private void refuseStrangers(HttpServerExchange exchange) {
        refusePages(exchange);
        HeaderValues given = exchange.getRequestHeaders().get(Headers.AUTHORIZATION);
        if (given == null || given.size() != 1 || !given.getFirst().startsWith(BEARER)) {
            throw Problem.unauthorized(
                    "send the token of control.json, which lies in the data folder, or one that"
                            + " 'plumb token create' made, as 'Authorization: Bearer TOKEN'; plumb does so by itself for the same user");
        }
        bearers.caller(given.getFirst().substring(BEARER.length())).attach(exchange);
    }

    private static void refusePages(HttpServerExchange exchange) {
        if (!OwnNames.of(exchange).include(exchange.getRequestHeaders().getFirst(Headers.HOST))) {
            throw Problem.forbidden("the Host header must name this machine's loopback interface, or what"
                    + " control.names has; ask http://127.0.0.1, not another name");
        }
        if (exchange.getRequestHeaders().contains(Headers.ORIGIN) && !isOwnPage(exchange)) {
            throw Problem.forbidden(
                    "requests from web pages (with an Origin header) are not taken, but from the console"
                            + " of this very server; use it, or plumb");
        }
    }

    /** Whether the page came from where it asks; a browser lets no page say so that did not. */
    private static boolean isOwnPage(HttpServerExchange exchange) {
        HeaderValues origin = exchange.getRequestHeaders().get(Headers.ORIGIN);
        String host = exchange.getRequestHeaders().getFirst(Headers.HOST);
        // https where a proxy stands before us: the name is ours by the check of the Host. On the loopback interface
        // none does.
        return origin.size() == 1
                && (origin.getFirst().equals("http://" + host)
                        || origin.getFirst().equals("https://" + host) && !OwnNames.LOOPBACK.include(host));
    }
}
