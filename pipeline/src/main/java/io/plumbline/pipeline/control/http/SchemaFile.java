package io.plumbline.pipeline.control.http;

import io.plumbline.config.probe.ProbeSchema;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;

/**
 * The schema of probe files at {@code /schema/probe.json}, for editors. The same for everyone and without a secret, so without a
 * token: an editor has none.
 *
 * <p>Threads: Undertow's.
 */
public final class SchemaFile implements HttpHandler {
    public static final String PATH = "/schema/probe.json";

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "application/schema+json");
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, "no-cache");
        exchange.getResponseSender().send(ProbeSchema.json());
    }
}
