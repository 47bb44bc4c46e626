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
final class Asking {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final ControlFile address;
    private final String token;

    Asking(ControlFile address) {
        this(address, address.token());
    }

    /** With another token than the user's own; "" for none. */
    Asking(ControlFile address, String token) {
        this.address = address;
        this.token = token;
    }

    String token() {
        return token;
    }

    /** A status and a body. */
    record Answer(int status, String type, String body) {
        String detail() {
            return text("detail");
        }

        /** A text at the top of the answer. */
        String text(String key) {
            Node.Mapping mapping = (Node.Mapping) NodeReader.json(body, "answer");
            return ((Node.Scalar) mapping.entries().get(key)).text();
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String body) {
        return send(request(path).POST(BodyPublishers.ofString(body)));
    }

    Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Stream<String> lines(String path) {
        try {
            return HTTP.send(request(path).GET().build(), BodyHandlers.ofLines())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address.url() + "/api/v1" + path));
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            String type = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(response.statusCode(), type, response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
