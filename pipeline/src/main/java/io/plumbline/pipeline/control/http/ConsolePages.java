package io.plumbline.pipeline.control.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The console's pages under {@code /console}: files of the dashboards' jar, the same for everyone, without a token. They hold no
 * secret; what they show they ask of the API, which wants one. A path without an ending is a page's name.
 *
 * <p>The bargain: the browser runs our own files and nothing else. No script or style inside a page, no text made into HTML, no other
 * host, no frame around it.
 *
 * <p>Threads: Undertow's.
 */
public final class ConsolePages implements HttpHandler {
    public static final String PREFIX = "/console";

    private static final String FOLDER = "/dashboards/console";
    /** No dots but before the ending, so that no path leads out of the folder. */
    private static final Pattern PATH = Pattern.compile("((?:/[a-z0-9-]+)+)(?:\\.([a-z]+))?");

    /** The address of a share, whose id only the page's script reads. */
    private static final Pattern SHARED = Pattern.compile("^(/shared)/[0-9a-f]{32}$");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final Map<HttpString, String> HEADERS = Map.of(
            new HttpString("Content-Security-Policy"),
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
                    + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script';"
                    + " trusted-types 'none'",
            new HttpString("X-Content-Type-Options"),
            "nosniff",
            new HttpString("Referrer-Policy"),
            "no-referrer",
            new HttpString("Cross-Origin-Opener-Policy"),
            "same-origin",
            new HttpString("Cross-Origin-Resource-Policy"),
            "same-origin",
            Headers.CACHE_CONTROL,
            "no-cache");

    @Override
    public void handleRequest(HttpServerExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals(Methods.GET)
                && !exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
            throw Problem.notAllowed("the console's pages are only to be read; send what changes something to the API");
        }
        Matcher path = PATH.matcher(SHARED.matcher(exchange.getRelativePath()).replaceFirst("$1"));
        String ending = path.matches() && path.group(2) != null ? path.group(2) : "html";
        byte[] content = path.matches() && TYPES.containsKey(ending) ? read(path.group(1) + "." + ending) : null;
        if (content == null) {
            throw Problem.notFound("the console has no page " + exchange.getRequestPath() + "; there is " + PREFIX
                    + "/probe?at=shop.OrderService:118");
        }
        HEADERS.forEach((name, value) -> exchange.getResponseHeaders().put(name, value));
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, TYPES.get(ending));
        exchange.getResponseSender().send(ByteBuffer.wrap(content));
    }

    /** Null if there is none. */
    private static byte[] read(String path) throws IOException {
        try (InputStream in = ConsolePages.class.getResourceAsStream(FOLDER + path)) {
            return in == null ? null : in.readAllBytes();
        }
    }
}
