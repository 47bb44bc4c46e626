package io.plumbline.pipeline.control;

import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.stream.Stream;

/** Asks the API as a program would. */
public final class Asking {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ControlFile address;
    private final String token;

    public Asking(ControlFile address) {
        this(address, address.token());
    }

    /** With another token than the user's own; "" for none. */
    public Asking(ControlFile address, String token) {
        this.address = address;
        this.token = token;
    }

    public String token() {
        return token;
    }

    /** A status and a body. */
    public record Answer(int status, String type, String body) {
        public String detail() {
            return text("detail");
        }

        /** A text at the top of the answer. */
        public String text(String key) {
            Node.Mapping mapping = (Node.Mapping) NodeReader.json(body, "answer");
            return ((Node.Scalar) mapping.entries().get(key)).text();
        }
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    public Answer post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    public Stream<String> lines(String path) {
        return lines(request(path));
    }

    public Stream<String> lines(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.GET().build(), BodyHandlers.ofLines()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.url() + "/api/v1" + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    public Answer send(HttpRequest.Builder request) {
        HttpResponse<String> response = exchange(request);
        String type = response.headers().firstValue("Content-Type").orElse("");
        return new Answer(response.statusCode(), type, response.body());
    }

    /** The answer with its headers. */
    public HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return HTTP.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
