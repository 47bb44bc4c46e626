package io.plumbline.exporters.elasticsearch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.http.HttpServerTransport;
import org.elasticsearch.index.mapper.DataStreamTimestampFieldMapper;
import org.elasticsearch.index.mapper.MetadataFieldMapper;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.node.NodeValidationException;
import org.elasticsearch.plugins.MapperPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.transport.Netty4Plugin;

/** A real Elasticsearch in this process, on loopback and a free port. Starting takes seconds, so one serves a class. */
final class ElasticsearchNode implements AutoCloseable {
    private final Node node;
    private final SearchServer server;

    private ElasticsearchNode(Node node) {
        this.node = node;
        this.server = new SearchServer(node.injector()
                .getInstance(HttpServerTransport.class)
                .boundAddress()
                .publishAddress()
                .getPort());
    }

    /** Its module x-pack-data-streams is on no repository; it registers this class of the server's, as here. */
    public static final class DataStreams extends Plugin implements MapperPlugin {
        @Override
        public Map<String, MetadataFieldMapper.TypeParser> getMetadataMappers() {
            return Map.of(DataStreamTimestampFieldMapper.NAME, DataStreamTimestampFieldMapper.PARSER);
        }
    }

    /** A node of the modules on the class path; the constructor is for subclasses only. */
    private static final class ModularNode extends Node {
        ModularNode(Settings settings) {
            super(
                    InternalSettingsPreparer.prepareEnvironment(settings, Map.of(), null, () -> "plumbline-test"),
                    List.of(Netty4Plugin.class, DataStreams.class),
                    false);
        }
    }

    /** @param home an empty folder */
    static ElasticsearchNode start(Path home) throws IOException, NodeValidationException {
        Files.createDirectories(home.resolve("config"));
        Files.createDirectories(home.resolve("modules"));
        Node node = new ModularNode(Settings.builder()
                .put("path.home", home.toString())
                .put("cluster.name", "plumbline-test")
                .put("discovery.type", "single-node")
                .put("network.host", "127.0.0.1")
                .put("http.port", 0)
                .put("http.type", "netty4")
                .put("transport.port", 0)
                .put("transport.type", "netty4")
                .put("cluster.routing.allocation.disk.threshold_enabled", false)
                .build());
        node.start();
        return new ElasticsearchNode(node);
    }

    SearchServer server() {
        return server;
    }

    @Override
    public void close() throws IOException {
        node.close();
    }
}
