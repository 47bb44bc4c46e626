package io.plumbline.pipeline.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.plumbline.config.wire.Topics;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedBrokerTest {
    @TempDir
    Path folder;

    @Test
    void start_keepsClusterAndTopicsOverRestarts() throws Exception {
        String cluster;
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            PipelineTopics.ensure(kafka(broker));
            PipelineTopics.ensure(kafka(broker));
            cluster = clusterId(broker);
        }

        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            assertThat(clusterId(broker)).isEqualTo(cluster);
            assertThat(topics(broker)).contains(Topics.PROBES, Topics.LOGS, PipelineTopics.DEAD_LETTERS);
        }
    }

    @Test
    void start_refusesFolderInUse_namingTheProcess() {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder, 0)) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, 0))
                    .hasMessageContaining(
                            "in use by process " + ProcessHandle.current().pid())
                    .hasMessageContaining("--data");
            broker.close();
        }
    }

    @Test
    void start_refusesPortInUse_namingTheRemedy() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> EmbeddedBroker.start(folder, taken.getLocalPort()))
                    .hasMessageContaining("port " + taken.getLocalPort())
                    .hasMessageContaining("--kafka-port");
        }
    }

    @Test
    void freePorts_areTwo_andOneThatIsTakenIsKnown() throws Exception {
        for (int i = 0; i < 2_000; i++) {
            FreePorts ports = FreePorts.find(0);
            assertThat(ports.broker()).isNotEqualTo(ports.controller());
        }
        assertThat(FreePorts.isTaken(new IllegalStateException(new java.net.BindException("in use"))))
                .isTrue();
        assertThat(FreePorts.isTaken(new IllegalStateException())).isFalse();
    }

    private static Map<String, Object> kafka(EmbeddedBroker broker) {
        return Map.of("bootstrap.servers", broker.address());
    }

    private static String clusterId(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(kafka(broker))) {
            return admin.describeCluster().clusterId().get(10, TimeUnit.SECONDS);
        }
    }

    private static Set<String> topics(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(kafka(broker))) {
            return admin.listTopics().names().get(10, TimeUnit.SECONDS);
        }
    }
}
