package io.plumbline.pipeline.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.security.MessageDigest;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets in who knows the token and comes from a program on this machine or from our own console. Any other page in a browser
 * is neither: it sends the Origin of another server, or after a DNS trick a Host that is not ours.
 */
final class Guard implements HttpHandler {
    private static final Pattern HOST = Pattern.compile("(\\[[0-9a-fA-F:]+]|[^:]+)(:[0-9]{1,5})?");
    private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "[::1]");
    private static final String BEARER = "Bearer ";

    private final byte[] token;
    private final HttpHandler next;

    Guard(String token, HttpHandler next) {
        this.token = token.getBytes(UTF_8);
        this.next = next;
    }

    /** One that lets in any program on this machine, for what is no secret there. */
    static HttpHandler withoutToken(HttpHandler next) {
        return exchange -> {
            refusePages(exchange);
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
        if (given == null || given.size() != 1 || !isToken(given.getFirst())) {
            throw Problem.unauthorized("send the token of control.json, which lies in the data folder, as"
                    + " 'Authorization: Bearer TOKEN'; plumb does so by itself for the same user");
        }
    }

    private static void refusePages(HttpServerExchange exchange) {
        if (!isLoopback(exchange.getRequestHeaders().getFirst(Headers.HOST))) {
            throw Problem.forbidden("the Host header must name this machine's loopback interface;"
                    + " ask http://127.0.0.1, not another name");
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
        return origin.size() == 1 && origin.getFirst().equals("http://" + host);
    }

    private static boolean isLoopback(String host) {
        if (host == null) {
            return false;
        }
        Matcher matcher = HOST.matcher(host);
        return matcher.matches() && LOOPBACK.contains(matcher.group(1));
    }

    /** Takes the same time for every wrong token. */
    private boolean isToken(String authorization) {
        return authorization.startsWith(BEARER)
                && MessageDigest.isEqual(
                        token, authorization.substring(BEARER.length()).getBytes(UTF_8));
    }
}
