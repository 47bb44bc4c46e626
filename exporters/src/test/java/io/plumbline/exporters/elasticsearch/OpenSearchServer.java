package io.plumbline.exporters.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.http.HttpServerTransport;

/** A real OpenSearch in this process, on loopback and a free port. Starting takes seconds, so one serves a class. */
final class OpenSearchServer implements AutoCloseable {

    private final OpenSearchRunner runner = new OpenSearchRunner();
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri;

    OpenSearchServer(Path directory) {
        runner.onBuild((number, settings) -> {
            settings.put("http.port", 0);
            settings.put("transport.port", 0);
            settings.put("network.host", "127.0.0.1");
        });
        runner.build(OpenSearchRunner.newConfigs()
                .clusterName("plumbline-test")
                .numOfNode(1)
                .basePath(directory.toString())
                .disableESLogger());
        int port = runner.node()
                .injector()
                .getInstance(HttpServerTransport.class)
                .boundAddress()
                .publishAddress()
                .getPort();
        this.uri = URI.create("http://127.0.0.1:" + port);
    }

    URI uri() {
        return uri;
    }

    JsonNode get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    JsonNode send(String method, String path, String json) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri.resolve(path))
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(json))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() >= 400) {
            throw new IOException(method + " " + path + ": " + response.statusCode() + " " + response.body());
        }
        return new ObjectMapper().readTree(response.body());
    }

    @Override
    public void close() throws IOException {
        runner.close();
        runner.clean();
    }
}
