package io.plumbline.pipeline.control.http;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.PathTemplateMatch;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** What requests say beside their bodies. */
public final class Requests {
    private Requests() {}

    /** A part of the path that its route names. */
    public static String path(HttpServerExchange exchange, String name) {
        return exchange.getAttachment(PathTemplateMatch.ATTACHMENT_KEY)
                .getParameters()
                .get(name);
    }

    /** The first value of a parameter; none where it is blank. */
    public static Optional<String> query(HttpServerExchange exchange, String name) {
        return Optional.ofNullable(all(exchange, name).peek()).filter(value -> !value.isBlank());
    }

    /** All values of a parameter. */
    public static Deque<String> all(HttpServerExchange exchange, String name) {
        return exchange.getQueryParameters().getOrDefault(name, new ArrayDeque<>());
    }

    /** @throws Problem where it is neither true nor false; false where it is not there */
    public static boolean flag(HttpServerExchange exchange, String name) {
        String value = query(exchange, name).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw Problem.badRequest(name, name + " must be true or false: " + value);
        }
        return value.equals("true");
    }
}
