package io.plumbline.pipeline.control.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The console's files under {@code /console}: those of the dashboards' jar, the same for everyone, without a token. They hold no secret;
 * what they show they ask of the API, which wants one.
 *
 * <p>A path without an ending is a page's name, or leads to a screen of the one page that shows all others: {@code /console/live} where
 * there is {@code js/screens/live/screen.js}, and whatever is below it.
 *
 * <p>The bargain: the browser runs our own files and nothing else. No script or style inside a page but the import map, by its hash; no text
 * made into HTML, no other host, no frame around it.
 *
 * <p>Threads: Undertow's.
 */
public final class ConsolePages implements HttpHandler {
    public static final String PREFIX = "/console";

    private static final String APP = "/index.html";
    /** No dots but before the ending and, among the libraries, within names; so no path leads out of the folder. */
    private static final Pattern FILE =
            Pattern.compile("(?:/[a-z0-9-]+)+\\.([a-z]+)|/lib(?:/[A-Za-z0-9_-]+)+(?:\\.[A-Za-z]+)*\\.(js|css)");

    private static final Pattern PAGE = Pattern.compile("/([a-z0-9-]+)");
    private static final Pattern SCREEN = Pattern.compile("/([a-z0-9-]+)(?:/[A-Za-z0-9_$-][A-Za-z0-9_$.-]*)*");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private static final Map<HttpString, String> HEADERS = Map.of(
            new HttpString("X-Content-Type-Options"),
            "nosniff",
            new HttpString("Referrer-Policy"),
            "no-referrer",
            new HttpString("Cross-Origin-Opener-Policy"),
            "same-origin",
            new HttpString("Cross-Origin-Resource-Policy"),
            "same-origin",
            Headers.CACHE_CONTROL,
            "no-cache",
            Headers.VARY,
            "Accept-Encoding");

    /** Bounded by what the jar has. */
    private final Map<String, ConsoleFile> files = new ConcurrentHashMap<>();

    @Override
    public void handleRequest(HttpServerExchange exchange) {
        if (!exchange.getRequestMethod().equals(Methods.GET)
                && !exchange.getRequestMethod().equals(Methods.HEAD)) {
            exchange.getResponseHeaders().put(Headers.ALLOW, "GET, HEAD");
            throw Problem.notAllowed("the console's pages are only to be read; send what changes something to the API");
        }
        String path = file(exchange.getRelativePath());
        ConsoleFile file = path.isEmpty() ? null : files.computeIfAbsent(path, ConsoleFile::read);
        if (file == null) {
            throw Problem.notFound("the console has no page " + exchange.getRequestPath() + "; it begins at " + PREFIX);
        }
        HEADERS.forEach((name, value) -> exchange.getResponseHeaders().put(name, value));
        exchange.getResponseHeaders().put(new HttpString("Content-Security-Policy"), policy(file.scripts()));
        exchange.getResponseHeaders().put(Headers.ETAG, file.tag());
        if (file.tag().equals(exchange.getRequestHeaders().getFirst(Headers.IF_NONE_MATCH))) {
            exchange.setStatusCode(StatusCodes.NOT_MODIFIED);
            return;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, TYPES.get(path.substring(path.lastIndexOf('.') + 1)));
        exchange.getResponseSender().send(ByteBuffer.wrap(body(exchange, file)));
    }

    /** The file that a path means; empty if it can be none. */
    private static String file(String path) {
        if (path.isEmpty() || path.equals("/")) {
            return APP;
        }
        Matcher file = FILE.matcher(path);
        if (file.matches()) {
            return file.group(1) == null || TYPES.containsKey(file.group(1)) ? path : "";
        }
        Matcher screen = SCREEN.matcher(path);
        if (PAGE.matcher(path).matches() && ConsoleFile.isThere(path + ".html")) {
            return path + ".html";
        }
        return screen.matches() && ConsoleFile.isThere("/js/screens/" + screen.group(1) + "/screen.js") ? APP : "";
    }

    private static byte[] body(HttpServerExchange exchange, ConsoleFile file) {
        String accepted = exchange.getRequestHeaders().getFirst(Headers.ACCEPT_ENCODING);
        if (accepted == null || !accepted.contains("gzip")) {
            return file.content();
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_ENCODING, "gzip");
        return file.packed();
    }

    /** @param scripts the hashes of what may stand within the page */
    private static String policy(String scripts) {
        return "default-src 'none'; script-src 'self'" + (scripts.isEmpty() ? "" : " " + scripts)
                + "; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'";
    }
}
