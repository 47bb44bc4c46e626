package io.plumbline.exporters.elasticsearch;

import java.io.IOException;
import java.nio.file.Path;
import org.codelibs.opensearch.runner.OpenSearchRunner;
import org.opensearch.http.HttpServerTransport;

/** A real OpenSearch in this process, on loopback and a free port. Starting takes seconds, so one serves a class. */
final class OpenSearchServer implements AutoCloseable {

    private final OpenSearchRunner runner = new OpenSearchRunner();
    private final SearchServer server;

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
        this.server = new SearchServer(port);
    }

    SearchServer server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        runner.close();
        runner.clean();
    }
}
