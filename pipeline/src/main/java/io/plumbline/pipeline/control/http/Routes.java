package io.plumbline.pipeline.control.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.RoutingHandler;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.PathTemplateMatcher;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Routes that can be asked for: the description of the API ({@code openapi.yaml}) is held against them. A path that is known by
 * other methods only is answered with those.
 *
 * <p>To add a route: {@code routes.get(root + "/things/{id}", Guard.needs(VIEWER, this::thing))}, and the operation of the same path and
 * method in {@code openapi.yaml}; {@code OpenApiTest} misses one without the other.
 *
 * <p>Threads: filled before the server starts.
 */
public final class Routes extends RoutingHandler {
    private final Set<String> all = new TreeSet<>();
    private final PathTemplateMatcher<Set<String>> methods = new PathTemplateMatcher<>();

    /** @param unknown answers where no path is known */
    public Routes(HttpHandler unknown) {
        setFallbackHandler(unknown);
    }

    @Override
    public synchronized RoutingHandler add(HttpString method, String template, HttpHandler handler) {
        all.add(method + " " + template);
        Set<String> known = methods.get(template);
        if (known == null) {
            known = new TreeSet<>();
            methods.add(template, known);
        }
        known.add(method.toString());
        return super.add(method, template, handler);
    }

    /** A path of its own, such as /deadletters/replay, is never the {id} of another. */
    @Override
    public void handleRequest(HttpServerExchange exchange) throws Exception {
        if (exchange.getRelativePath().indexOf('?')
                >= 0) { // one that was encoded; templates end there, and match what is not meant
            throw Problem.notFound("no id has a question mark in it: " + exchange.getRequestPath());
        }
        PathTemplateMatcher.PathMatchResult<Set<String>> known = methods.match(exchange.getRelativePath());
        if (known != null
                && !known.getValue().contains(exchange.getRequestMethod().toString())) {
            refuseMethod(exchange, known.getValue());
        } else {
            super.handleRequest(exchange);
        }
    }

    /** Each as its method and path: {@code GET /api/v1/probes/{id}}. */
    public synchronized List<String> all() {
        return List.copyOf(all);
    }

    private static void refuseMethod(HttpServerExchange exchange, Set<String> methods) {
        String allowed = String.join(", ", methods);
        exchange.getResponseHeaders().put(Headers.ALLOW, allowed);
        throw Problem.notAllowed(
                exchange.getRequestMethod() + " is not for " + exchange.getRequestPath() + "; it takes " + allowed);
    }
}
