package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.fleet.SimulatedAgent;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The switch through Kafka: one probe, one instance, the fleet. */
class SwitchTest {
    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private ControlPlane control;
    private Asking api;
    private SimulatedAgent one;
    private SimulatedAgent two;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")), 0);
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
        PipelineTopics.ensure(kafka);
        control = ControlPlane.start(Files.createDirectory(folder.resolve("control")), 0, kafka, List::of);
        api = new Asking(control.address());
        one = SimulatedAgent.start(broker.address(), "one");
        two = SimulatedAgent.start(broker.address(), "two");
        Eventually.get(
                () -> api.get("/instances").body(),
                body -> body.contains("\"id\":\"one\"") && body.contains("\"id\":\"two\""));
        api.post("/probes", "[{id: a, at: 'X:1', log: hi}, {id: b, at: 'X:2', log: hi}]");
        await("one:a one:b two:a two:b");
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        control.close();
        broker.close();
    }

    private String set() {
        StringBuilder set = new StringBuilder();
        for (SimulatedAgent agent : List.of(one, two)) {
            for (String probe : List.of("a", "b")) {
                set.append(agent.probing.isSet(probe) ? " " + agent.id() + ":" + probe : "");
            }
        }
        return set.toString().trim();
    }

    private void await(String set) {
        Eventually.get(this::set, set::equals);
    }

    private void turn(String request) {
        assertThat(api.post("/switch", request).status()).isEqualTo(200);
    }

    @Test
    void off_aProbe_anInstance_theFleet_andOnAgain() {
        turn("{\"off\": true, \"probe\": \"a\"}");
        await("one:b two:b");
        turn("{\"off\": true, \"instance\": \"two\"}");
        await("one:b");
        turn("{\"off\": true}");
        await("");
        Eventually.get(
                () -> api.get("/probes?reports=true").body(), body -> body.split("\"state\":\"off\"", -1).length == 5);

        turn("{\"off\": false}");
        await("one:b");
        turn("{\"off\": false, \"instance\": \"two\"}");
        await("one:b two:b");
        turn("{\"off\": false, \"probe\": \"a\"}");
        await("one:a one:b two:a two:b");
    }
}
