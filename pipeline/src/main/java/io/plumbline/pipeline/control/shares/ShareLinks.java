package io.plumbline.pipeline.control.shares;

import io.undertow.server.HttpServerExchange;

/**
 * The permalinks of shares.
 *
 * @param console the address under which people reach the console, such as {@code https://plumbline.example}; empty for where each request came to
 */
public record ShareLinks(String console) {
    public static final String PATH = "/console/shared/";

    String of(HttpServerExchange exchange, Share share) {
        // the guard has let through a Host that is ours only
        String origin = console.isEmpty() ? "http://" + exchange.getHostAndPort() : console;
        return origin + PATH + share.id();
    }
}
