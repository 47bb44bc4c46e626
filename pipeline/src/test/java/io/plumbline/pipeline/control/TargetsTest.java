package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.probe.TargetsForm;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.fleet.SimulatedAgent;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a probe is for, tags, sets and dry runs, over a real broker with simulated instances. */
class TargetsTest {
    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static ControlPlane control;
    private static Asking api;
    private static final List<SimulatedAgent> AGENTS = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(Files.createDirectory(folder.resolve("broker")), 0);
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
        PipelineTopics.ensure(kafka);
        control = ControlPlane.start(Files.createDirectory(folder.resolve("control")), 0, kafka, List::of);
        api = new Asking(control.address());
        for (int i = 1; i <= 4; i++) {
            AGENTS.add(SimulatedAgent.start(broker.address(), "t-" + i));
        }
        for (SimulatedAgent agent : AGENTS) {
            Eventually.get(() -> api.get("/instances").body(), body -> body.contains(agent.id()));
        }
    }

    @AfterAll
    static void stop() {
        AGENTS.forEach(SimulatedAgent::close);
        control.close();
        broker.close();
    }

    @AfterEach
    void removeAll() {
        for (String id : List.of("one", "some", "a", "b", "c")) {
            api.delete("/probes/" + id);
        }
    }

    private static List<String> having(String probe, List<SimulatedAgent> agents) {
        return agents.stream()
                .filter(agent -> agent.probing.isSet(probe))
                .map(SimulatedAgent::id)
                .toList();
    }

    @Test
    void onePerService_isOnOne_andOnAnother_whenThatGoesAway() {
        api.post("/probes", "{id: one, at: 'X:1', log: hi, on: {service: shop, one-per: service}}");
        String first = Eventually.get(() -> having("one", AGENTS), ids -> ids.size() == 1)
                .get(0);
        assertThat(api.get("/probes/one").body()).contains("\"targets\":[\"" + first + "\"]");

        try (SimulatedAgent late = SimulatedAgent.start(broker.address(), "t-late")) {
            Eventually.get(() -> api.get("/instances").body(), body -> body.contains("t-late"));
            SimulatedAgent gone = AGENTS.stream()
                    .filter(agent -> agent.id().equals(first))
                    .findFirst()
                    .orElseThrow();
            gone.close();
            List<SimulatedAgent> left = new ArrayList<>(AGENTS);
            left.remove(gone);
            left.add(late);
            Eventually.get(() -> having("one", left), ids -> ids.size() == 1);
            AGENTS.remove(gone);
        }
        Eventually.get(() -> having("one", AGENTS), ids -> ids.size() == 1);
    }

    @Test
    void percent_isDrawnByEachInstanceAlone_alsoByOneThatJoins() {
        Map<String, String> on = Map.of("service", "shop", "percent", "50%");
        api.post("/probes", "{id: some, at: 'X:1', log: hi, on: {service: shop, percent: 50%}}");
        api.post("/probes", "{id: a, at: 'X:1', log: hi}");

        List<SimulatedAgent> all = new ArrayList<>(AGENTS);
        try (SimulatedAgent e = SimulatedAgent.start(broker.address(), "t-e");
                SimulatedAgent f = SimulatedAgent.start(broker.address(), "t-f");
                SimulatedAgent g = SimulatedAgent.start(broker.address(), "t-g")) {
            all.addAll(List.of(e, f, g));
            Eventually.get(() -> having("a", all), ids -> ids.size() == all.size());
            List<String> drawn = all.stream()
                    .map(SimulatedAgent::id)
                    .filter(id -> TargetsForm.parse(on).match(Map.of("service", "shop", "instance", id)))
                    .toList();
            assertThat(drawn).isNotEmpty().hasSizeLessThan(all.size());
            Eventually.get(() -> having("some", all), drawn::equals);
            Eventually.get(
                    () -> api.get("/probes/some").body(), body -> drawn.stream().allMatch(body::contains));
        }
    }

    @Test
    void tag_listsSwitchesAndRemovesTogether() {
        api.post(
                "/probes",
                "[{id: a, at: 'X:1', log: hi, tags: incident-42}, {id: b, at: 'X:2', log: hi, tags: [checkout, incident-42]},"
                        + " {id: c, at: 'X:3', log: hi, tags: checkout}]");
        assertThat(api.get("/probes?tag=incident-42").body())
                .contains("\"id\":\"a\"", "\"id\":\"b\"")
                .doesNotContain("\"id\":\"c\"");

        assertThat(api.post("/switch", "{\"off\": true, \"tag\": \"incident-42\"}")
                        .body())
                .contains("\"probes\":[\"a\",\"b\"]");
        SimulatedAgent agent = AGENTS.get(0);
        Eventually.isTrue(() -> agent.probing.isSet("c") && !agent.probing.isSet("a") && !agent.probing.isSet("b"));
        api.post("/switch", "{\"off\": false, \"tag\": \"incident-42\"}");
        Eventually.isTrue(() -> agent.probing.isSet("a") && agent.probing.isSet("b"));

        assertThat(api.post("/switch", "{\"off\": true, \"tag\": \"chekout\"}").detail())
                .contains("did you mean 'checkout'?");
        assertThat(api.delete("/probes?tag=incident-42").body()).contains("\"removed\":[\"a\",\"b\"]");
        assertThat(api.get("/probes").body()).contains("\"id\":\"c\"").doesNotContain("\"id\":\"a\"");
        assertThat(api.delete("/probes").status()).isEqualTo(400);
    }

    @Test
    void enabledFalse_keepsTheDefinition_andTakesTheProbeOut() {
        SimulatedAgent agent = AGENTS.get(0);
        api.post("/probes", "{id: a, at: 'X:1', log: hi}");
        Eventually.isTrue(() -> agent.probing.isSet("a"));

        api.post("/probes", "{id: a, at: 'X:1', log: hi, enabled: false}");

        Eventually.isTrue(() -> !agent.probing.isSet("a"));
        Eventually.get(
                () -> api.get("/probes/a").body(), body -> body.contains("its definition says 'enabled: false'"));
        api.post("/probes", "{id: a, at: 'X:1', log: hi}");
        Eventually.isTrue(() -> agent.probing.isSet("a"));
    }

    @Test
    void prune_removesWhatTheSetHasNoMore_andNothingElse() {
        api.post("/probes?set=shop", "[{id: a, at: 'X:1', log: hi}, {id: b, at: 'X:2', log: hi}]");
        api.post("/probes", "{id: c, at: 'X:3', log: hi}");

        String dry = api.post("/probes?set=shop&prune=true&dryRun=true", "{id: a, at: 'X:1', log: hi}")
                .body();
        assertThat(dry).contains("\"id\":\"a\",\"version\":1,\"change\":\"unchanged\"");
        assertThat(dry)
                .contains("\"id\":\"b\",\"version\":1,\"change\":\"removed\"")
                .doesNotContain("\"id\":\"c\"");
        assertThat(api.get("/probes/b").status()).isEqualTo(200);

        api.post("/probes?set=shop&prune=true", "{id: a, at: 'X:1', log: hi}");
        assertThat(api.get("/probes/b").status()).isEqualTo(404);
        assertThat(api.get("/probes/a").body()).contains("\"set\":\"shop\"");
        assertThat(api.get("/probes/c").status()).isEqualTo(200);
        assertThat(api.post("/probes?set=payments", "{id: a, at: 'X:1', log: hi}")
                        .detail())
                .contains("belongs to the set 'shop'");
        assertThat(api.post("/probes?prune=true", "{id: a, at: 'X:1', log: hi}").status())
                .isEqualTo(400);
        assertThat(api.get("/audit?action=probe.remove").body()).contains("\"b\"");
    }

    @Test
    void dryRun_asksInstances_andSetsNothing() {
        String answer = api.post(
                        "/probes?dryRun=true&ask=true",
                        "[{id: a, at: 'X:1', log: hi, on: {service: shop}}, {id: b, at: 'Y:1', log: hi, on: {service: other}}]")
                .body();

        assertThat(answer)
                .contains(
                        "\"trial\":{\"meant\":" + AGENTS.size(),
                        "\"service\":\"shop\"",
                        "nobody knows X",
                        "\"state\":\"pending\"")
                .contains("\"trial\":{\"meant\":0");
        assertThat(api.get("/probes/a").status()).isEqualTo(404);
        assertThat(api.post("/probes?dryRun=true&ask=true&measure=61s", "{id: a, at: 'X:1', log: hi}")
                        .detail())
                .contains("measure is from 1s to 1m");
    }
}
