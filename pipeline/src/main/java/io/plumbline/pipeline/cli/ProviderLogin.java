package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.plumbline.pipeline.cli.ProviderTokens.Form;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Signs on at the control plane's OpenID provider: in a browser, which comes back to a port of the loopback interface (RFC 8252), with
 * PKCE (RFC 7636).
 *
 * <p>Threads: the command's, and one of the port's while it waits.
 */
final class ProviderLogin {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int RANDOM_BYTES = 32;

    private final PrintWriter out;

    ProviderLogin(PrintWriter out) {
        this.out = out;
    }

    /** Prints a link and waits until somebody has signed on there. */
    LoginFile at(ApiClient control) throws InterruptedException {
        JsonObject oidc = JsonObject.parse(control.get("/login")).object("oidc");
        if (oidc.text("clientId").isEmpty()) {
            throw Failure.notSo("the control plane at " + control.url()
                    + (oidc.text("issuer").isEmpty()
                            ? " names no OpenID provider"
                            : " names no client for plumb login" + " (control.oidc.client-id)")
                    + "; use the link that it printed, or set PLUMBLINE_TOKEN and --url");
        }
        ProviderTokens provider = ProviderTokens.of(oidc.text("issuer"), oidc.text("clientId"), oidc.text("audience"));
        String verifier = random();
        String state = random();
        CompletableFuture<String> code = new CompletableFuture<>();
        HttpServer server = server(state, code);
        try {
            String back = "http://127.0.0.1:" + server.getAddress().getPort() + "/";
            out.println("Sign on in a browser on this machine, within " + PATIENCE.toMinutes() + " minutes:");
            out.println("  " + provider.authorizationUrl() + "?"
                    + new Form()
                            .with("response_type", "code")
                            .with("client_id", oidc.text("clientId"))
                            .with("redirect_uri", back)
                            .with("scope", oidc.text("scopes"))
                            .with("state", state)
                            .with("code_challenge", challenge(verifier))
                            .with("code_challenge_method", "S256"));
            out.flush();
            return provider.exchanged(control.url(), awaited(code), verifier, back);
        } finally {
            server.stop(0);
        }
    }

    private static String awaited(CompletableFuture<String> code) throws InterruptedException {
        try {
            return code.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw Failure.notSo("nobody signed on within " + PATIENCE.toMinutes() + " minutes; try again");
        } catch (ExecutionException e) {
            throw Failure.notSo(e.getCause().getMessage());
        }
    }

    private static HttpServer server(String state, CompletableFuture<String> code) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
            server.createContext("/", exchange -> answer(exchange, state, code));
            server.start();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException("no port of the loopback interface is free", e);
        }
    }

    private static void answer(HttpExchange exchange, String state, CompletableFuture<String> code) throws IOException {
        Map<String, String> query = query(exchange.getRequestURI().getRawQuery());
        boolean isOurs = exchange.getRequestURI().getPath().equals("/") && state.equals(query.get("state"));
        String text = "This is not the answer that is waited for.";
        if (isOurs && query.containsKey("code")) {
            text = "Signed on; go back to the terminal.";
            code.complete(query.get("code"));
        } else if (isOurs) {
            text = "Not signed on; the terminal says why.";
            code.completeExceptionally(new IllegalStateException("the provider did not sign you on: "
                    + query.getOrDefault("error", "no code") + " " + query.getOrDefault("error_description", "")));
        }
        byte[] body = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(isOurs ? 200 : 404, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static Map<String, String> query(String raw) {
        Map<String, String> query = new LinkedHashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                query.put(pair.substring(0, equals), URLDecoder.decode(pair.substring(equals + 1), UTF_8));
            }
        }
        return query;
    }

    private static String random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String challenge(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
