package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.text.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URLEncoder;

/**
 * Speaks to the control plane. Built on {@link HttpURLConnection} rather than the newer client, which takes longer to
 * load than most commands take to run.
 */
final class ApiClient {
    private static final String ROOT = "/api/v1";
    private static final int CONNECT_MILLIS = 3_000;
    /** A measurement takes up to a minute, and the control plane waits for instances before and after. */
    private static final int READ_MILLIS = 90_000;

    private static final int UNPROCESSABLE = 422;

    private final String url;
    private final String token;

    ApiClient(String url, String token) {
        this.url = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        this.token = token;
    }

    String url() {
        return url;
    }

    /** The answer's body, as it came. */
    String get(String path) {
        return exchange("GET", path, null);
    }

    String post(String path, String body) {
        return exchange("POST", path, body);
    }

    String delete(String path) {
        return exchange("DELETE", path, null);
    }

    /** An answer that goes on for ever; lines may be empty. */
    InputStream stream(String path) {
        try {
            HttpURLConnection connection = open("GET", path);
            refuseErrors(connection);
            return connection.getInputStream();
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    /** A part of a path or a value of a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, UTF_8).replace("+", "%20");
    }

    Failure unreachable(IOException cause) {
        return Failure.unreachable("no control plane answers at " + url + " (" + cause.getMessage()
                + "); start it with: " + Folders.launcher() + " up");
    }

    private String exchange(String method, String path, String body) {
        try {
            HttpURLConnection connection = open(method, path);
            if (body != null) {
                connection.setDoOutput(true);
                connection.setRequestProperty("Content-Type", "application/yaml");
                try (OutputStream out = connection.getOutputStream()) {
                    out.write(body.getBytes(UTF_8));
                }
            }
            refuseErrors(connection);
            try (InputStream in = connection.getInputStream()) {
                return new String(in.readAllBytes(), UTF_8);
            }
        } catch (IOException e) {
            throw unreachable(e);
        }
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) URI.create(url + ROOT + path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestProperty("Authorization", "Bearer " + token);
        return connection;
    }

    private static void refuseErrors(HttpURLConnection connection) throws IOException {
        int status = connection.getResponseCode();
        if (status < 300) {
            return;
        }
        String body;
        try (InputStream in = connection.getErrorStream()) {
            body = in == null ? "" : new String(in.readAllBytes(), UTF_8);
        }
        throw failure(status, body);
    }

    private static RuntimeException failure(int status, String body) {
        JsonObject problem;
        try {
            problem = JsonObject.parse(body);
        } catch (InvalidInputException e) {
            return Failure.notSo("the control plane answered " + status + " without saying why");
        }
        String detail = problem.text("detail");
        if (status == 400 || status == UNPROCESSABLE) {
            return new InvalidRequest(detail, (int) problem.number("line"), (int) problem.number("column"));
        }
        return status == 401 || status == 403 ? Failure.unreachable(detail) : Failure.notSo(detail);
    }

    /** The control plane can't read what was sent; the place is one in the text sent, or 0. */
    static final class InvalidRequest extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int line;
        private final int column;

        private InvalidRequest(String detail, int line, int column) {
            super(detail, null, false, false);
            this.line = line;
            this.column = column;
        }

        int line() {
            return line;
        }

        int column() {
            return column;
        }
    }
}
