package io.plumbline.exporters.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real Elasticsearch 7.17. */
class ElasticsearchTest extends SearchKit {
    @TempDir
    private static Path directory;

    private static ElasticsearchNode node;

    @BeforeAll
    static void startServer() throws Exception {
        node = ElasticsearchNode.start(directory);
    }

    @AfterAll
    static void stopServer() throws IOException {
        node.close();
    }

    @Override
    SearchServer server() {
        return node.server();
    }

    /** Lest another server answers these tests. */
    @Test
    void server_isElasticsearch() throws Exception {
        assertThat(server().get("/").at("/version/number").asText()).startsWith("7.17.");
        assertThat(server().get("/").at("/version/distribution").isMissingNode())
                .isTrue();
    }
}
