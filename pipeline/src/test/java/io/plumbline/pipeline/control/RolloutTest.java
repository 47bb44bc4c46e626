package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.fleet.SimulatedAgent;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guarded rollouts over a real broker, with simulated instances. */
class RolloutTest {
    private static final String GUARDED = "{id: guarded, at: 'X:1', log: hi, rollout: {first: 1, then: 34%, wait: 1s}}";

    @TempDir
    private Path folder;

    private EmbeddedBroker broker;
    private ControlPlane control;
    private Asking api;
    private List<SimulatedAgent> agents;

    @BeforeEach
    void start() throws IOException {
        Path data = Files.createDirectories(folder.resolve("broker"));
        broker = EmbeddedBroker.start(data, 0);
        PipelineTopics.ensure(kafka());
        agents = Stream.of("s-1", "s-2", "s-3")
                .map(id -> SimulatedAgent.start(broker.address(), id))
                .toList();
        startControl();
        for (SimulatedAgent agent : agents) {
            Eventually.get(() -> api.get("/instances").body(), body -> body.contains(agent.id()));
        }
    }

    @AfterEach
    void stop() {
        agents.forEach(SimulatedAgent::close);
        control.close();
        broker.close();
    }

    private Map<String, Object> kafka() {
        return Map.of("bootstrap.servers", broker.address());
    }

    private void startControl() throws IOException {
        Path data = Files.createDirectories(folder.resolve("control"));
        control = ControlPlane.start(data, 0, kafka(), List::of);
        api = new Asking(control.address());
    }

    private String probe() {
        return api.get("/probes/guarded").body();
    }

    private List<String> having() {
        return agents.stream()
                .filter(agent -> agent.probing.isSet("guarded"))
                .map(SimulatedAgent::id)
                .toList();
    }

    @Test
    void rollout_withoutHarm_isOnOneFirst_thenOnAll() {
        api.post("/probes", GUARDED);

        String first = Eventually.get(this::probe, body -> body.contains("\"step\":\"first\""));
        Eventually.get(this::having, ids -> ids.size() == 1);
        assertThat(first).contains("\"instances\":[\"" + having().get(0) + "\"]");
        Eventually.get(this::probe, body -> body.contains("waits for its turn in the rollout"));

        Eventually.get(this::probe, body -> body.contains("\"step\":\"done\""));
        Eventually.get(this::having, ids -> ids.size() == 3);
        assertThat(probe()).contains("\"waitsFor\":\"\"");
        try (SimulatedAgent late = SimulatedAgent.start(broker.address(), "s-4")) {
            Eventually.isTrue(() -> late.probing.isSet("guarded"));
        }
    }

    @Test
    void rollout_rejectedThere_isTakenBackEverywhere_saysWhy_andCanBeTriedAgain() {
        agents.forEach(agent -> agent.probing.rejection = "no code at line 1");

        api.post("/probes", GUARDED);

        String body = Eventually.get(this::probe, text -> text.contains("\"step\":\"backed-out\""));
        assertThat(body).containsPattern("\"reason\":\"rejected on s-\\d: no code at line 1\"");
        Eventually.get(
                this::probe,
                text -> text.split("\"state\":\"suspended\"", -1).length == 4
                        && text.contains("the rollout was taken back: rejected on s-"));
        assertThat(having()).isEmpty();

        agents.forEach(agent -> agent.probing.rejection = null);
        assertThat(api.post("/probes", GUARDED).body()).contains("\"version\":2", "\"change\":\"changed\"");
        Eventually.get(this::having, ids -> ids.size() == 3);
    }

    @Test
    void rollout_suspendedLater_isTakenBack() {
        api.post("/probes", GUARDED.replace("wait: 1s", "wait: 1h"));
        String one = Eventually.get(this::having, ids -> ids.size() == 1).get(0);

        agents.stream().filter(agent -> agent.id().equals(one)).forEach(agent -> agent.probing.suspension = "too slow");

        Eventually.get(this::probe, body -> body.contains("suspended on " + one + ": too slow"));
        Eventually.get(this::having, List::isEmpty);
    }

    @Test
    void rollout_controlPlaneRestarts_goesOnWhereItWas() throws IOException {
        api.post("/probes", GUARDED.replace("wait: 1s", "wait: 3s"));
        List<String> first = Eventually.get(this::having, ids -> ids.size() == 1);

        control.close();
        startControl();

        assertThat(having()).containsAll(first);
        assertThat(probe()).contains("\"step\":\"first\"", "\"instances\":[\"" + first.get(0) + "\"]");
        Eventually.get(this::having, ids -> ids.size() == 3);
    }

    @Test
    void rollout_nobodyIsMeant_saysSoAndWaits_thenBegins() {
        api.post("/probes", GUARDED.replace("id: guarded", "id: guarded, on: {instance: s-9}"));

        Eventually.get(this::probe, body -> body.contains("\"waitsFor\":\"no running instance is meant by it\""));
        try (SimulatedAgent late = SimulatedAgent.start(broker.address(), "s-9")) {
            Eventually.isTrue(() -> late.probing.isSet("guarded"));
        }
    }
}
