package io.plumbline.exporters.elasticsearch;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Against a real OpenSearch. */
class OpenSearchTest extends SearchKit {
    @TempDir
    private static Path directory;

    private static OpenSearchServer server;

    @BeforeAll
    static void startServer() {
        server = new OpenSearchServer(directory);
    }

    @AfterAll
    static void stopServer() throws IOException {
        server.close();
    }

    @Override
    SearchServer server() {
        return server.server();
    }
}
