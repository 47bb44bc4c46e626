package io.plumbline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.http.HttpServerTransport;

/** A real OpenSearch in this process. */
final class Search implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final OpenSearchRunner runner = new OpenSearchRunner();
    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    Search(Path folder) {
        runner.onBuild((number, settings) -> {
                    settings.put("http.port", 0);
                    settings.put("transport.port", 0);
                    settings.put("network.host", "127.0.0.1");
                })
                .build(OpenSearchRunner.newConfigs()
                        .clusterName("e2e")
                        .numOfNode(1)
                        .basePath(folder.toString())
                        .disableESLogger());
        int port = runner.node()
                .injector()
                .getInstance(HttpServerTransport.class)
                .boundAddress()
                .publishAddress()
                .getPort();
        url = "http://127.0.0.1:" + port;
    }

    String url() {
        return url;
    }

    /** All documents of a probe, newest last. */
    List<JsonNode> documents(String probe) throws IOException, InterruptedException {
        post("/logs-plumbline*/_refresh", "");
        String query = "{\"size\":1000,\"query\":{\"match_all\":{}},\"sort\":[{\"@timestamp\":\"asc\"}]}";
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode hit :
                MAPPER.readTree(post("/logs-plumbline*/_search", query)).at("/hits/hits")) {
            if (hit.toString().contains("\"" + probe + "\"")) {
                found.add(hit.get("_source"));
            }
        }
        return found;
    }

    private String post(String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Override
    public void close() throws IOException {
        runner.close();
        runner.clean();
    }
}
