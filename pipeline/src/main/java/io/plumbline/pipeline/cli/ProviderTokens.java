package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.text.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Gets tokens at an OpenID provider, as a client without a secret. */
final class ProviderTokens {
    private static final int CONNECT_MILLIS = 5_000;
    private static final int READ_MILLIS = 15_000;
    private static final int MAX_BYTES = 256 << 10;
    /** A provider that does not say how long its tokens are good; OAuth recommends to say. */
    private static final long UNSAID_SECONDS = 300;

    private final String authorizationUrl;
    private final String tokenUrl;
    private final String clientId;
    private final String audience;

    private ProviderTokens(String authorizationUrl, String tokenUrl, String clientId, String audience) {
        this.authorizationUrl = authorizationUrl;
        this.tokenUrl = tokenUrl;
        this.clientId = clientId;
        this.audience = audience;
    }

    /** What is sent, as forms are. */
    static final class Form {
        private final List<String> pairs = new ArrayList<>();

        Form with(String key, String value) {
            pairs.add(ApiClient.encoded(key) + "=" + ApiClient.encoded(value));
            return this;
        }

        @Override
        public String toString() {
            return String.join("&", pairs);
        }
    }

    /** Asks the provider where its parts are. */
    static ProviderTokens of(String issuer, String clientId, String audience) {
        JsonObject told = answer(issuer.replaceAll("/$", "") + "/.well-known/openid-configuration", null);
        return new ProviderTokens(told.text("authorization_endpoint"), told.text("token_endpoint"), clientId, audience);
    }

    String authorizationUrl() {
        return authorizationUrl;
    }

    LoginFile exchanged(String control, String code, String verifier, String back) {
        return login(
                control,
                answer(
                        tokenUrl,
                        new Form()
                                .with("grant_type", "authorization_code")
                                .with("code", code)
                                .with("redirect_uri", back)
                                .with("client_id", clientId)
                                .with("code_verifier", verifier)),
                "");
    }

    /** The same login with a new token. */
    static LoginFile refreshed(LoginFile login) {
        return new ProviderTokens("", login.tokenUrl(), login.clientId(), login.audience())
                .login(
                        login.url(),
                        answer(
                                login.tokenUrl(),
                                new Form()
                                        .with("grant_type", "refresh_token")
                                        .with("refresh_token", login.refresh())
                                        .with("client_id", login.clientId())),
                        login.refresh());
    }

    private LoginFile login(String control, JsonObject answer, String before) {
        String access = answer.text("access_token");
        String token = isFor(access) || answer.text("id_token").isEmpty() ? access : answer.text("id_token");
        if (token.isEmpty()) {
            throw Failure.notSo("the provider sent no token; look at its log");
        }
        long seconds = answer.has("expires_in") ? answer.number("expires_in") : UNSAID_SECONDS;
        String refresh = answer.text("refresh_token").isEmpty() ? before : answer.text("refresh_token");
        return new LoginFile(
                control, token, System.currentTimeMillis() + seconds * 1_000, refresh, tokenUrl, clientId, audience);
    }

    /** Whether an access token is for the control plane; else the ID token may be, whose audience is the client. */
    private boolean isFor(String token) {
        String[] parts = token.split("\\.");
        try {
            String claims = new String(Base64.getUrlDecoder().decode(parts.length == 3 ? parts[1] : ""), UTF_8);
            return JsonObject.parse(claims).texts("aud").contains(audience);
        } catch (IllegalArgumentException | InvalidInputException e) {
            return false;
        }
    }

    private static JsonObject answer(String url, Form form) {
        requireSecure(url);
        try {
            HttpURLConnection connection =
                    (HttpURLConnection) URI.create(url).toURL().openConnection();
            connection.setConnectTimeout(CONNECT_MILLIS);
            connection.setReadTimeout(READ_MILLIS);
            connection.setInstanceFollowRedirects(false);
            if (form != null) {
                connection.setRequestMethod("POST");
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(form.toString().getBytes(UTF_8));
                }
            }
            int status = connection.getResponseCode();
            try (InputStream in = status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
                JsonObject json = JsonObject.parse(in == null ? "{}" : new String(in.readNBytes(MAX_BYTES), UTF_8));
                if (status != 200) {
                    throw Failure.notSo("the provider refused (" + status + "): " + json.text("error") + " "
                            + json.text("error_description") + "; sign on again: " + Folders.launcher() + " login URL");
                }
                return json;
            }
        } catch (IOException | InvalidInputException | IllegalArgumentException e) {
            throw Failure.unreachable("the OpenID provider at " + url + " does not answer as it should ("
                    + e.getMessage() + "); check its address, then sign on again");
        }
    }

    private static void requireSecure(String url) {
        boolean isLoopback = url.matches("http://(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?/.*");
        if (!url.startsWith("https://") && !isLoopback) {
            throw Failure.notSo("the provider's address is not https, so tokens would be anybody's: " + url);
        }
    }
}
