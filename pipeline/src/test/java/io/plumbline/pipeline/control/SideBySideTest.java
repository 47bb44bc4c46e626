package io.plumbline.pipeline.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.Asking.Answer;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two control planes with one key on one broker, whose callers change the same probes in the same moment. */
final class SideBySideTest {
    private static final int CALLERS = 4;
    private static final int ROUNDS = 6;

    @TempDir
    static Path folder;

    private static EmbeddedBroker broker;
    private static final List<ControlPlane> CONTROLS = new ArrayList<>();
    private static Asking one;
    private static Asking other;

    @BeforeAll
    static void start() throws Exception {
        broker = EmbeddedBroker.start(folder, 0);
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
        PipelineTopics.ensure(kafka);
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        CONTROLS.add(ControlPlane.start(first, 0, kafka, List::of));
        try (var files = Files.list(first)) {
            for (Path file :
                    files.filter(each -> !each.equals(ControlFile.in(first))).toList()) {
                Files.copy(file, second.resolve(file.getFileName()));
            }
        }
        CONTROLS.add(ControlPlane.start(second, 0, kafka, List::of));
        one = new Asking(CONTROLS.get(0).address());
        other = new Asking(CONTROLS.get(1).address());
    }

    @AfterAll
    static void stop() {
        CONTROLS.forEach(ControlPlane::close);
        broker.close();
    }

    /** Each caller reads a number out of the probe, adds one and sends it with the version that it read. */
    @Test
    void conditionalChanges_loseNothing() throws Exception {
        one.post("/probes", counting(0));
        Eventually.get(() -> other.get("/probes/number").status(), status -> status == 200);

        int done = together(asking -> {
            int added = 0;
            for (int i = 0; i < ROUNDS; i++) {
                JsonNode seen = OpenApi.read(asking.get("/probes/number").body());
                Answer answer = asking.post(
                        "/probes?expect=number:" + seen.get("version").asLong(), counting(number(seen) + 1));
                assertThat(answer.status()).as(answer.body()).isIn(200, 412);
                added += answer.status() == 200 ? 1 : 0;
            }
            return added;
        });

        assertThat(done).isPositive();
        assertAgreed("number");
        assertThat(number(OpenApi.read(one.get("/probes/number").body()))).isEqualTo(done);
    }

    @Test
    void versions_nameOneContentEach_alsoWhereNothingIsExpected() throws Exception {
        int done = together(asking -> {
            for (int i = 0; i < ROUNDS; i++) {
                String body = "{id: free, at: 'A:1', log: 'x" + System.nanoTime() + "'}";
                assertThat(asking.post("/probes", body).status()).isEqualTo(200);
            }
            return ROUNDS;
        });

        assertAgreed("free");
        long version =
                OpenApi.read(one.get("/probes/free").body()).get("version").asLong();
        assertThat(version).isGreaterThanOrEqualTo(done);
    }

    /** Of those who want to make the same new one, one does; and of those who want to remove it as it is, one. */
    @Test
    void creationAndRemoval_areWonByOne() throws Exception {
        for (int round = 0; round < 3; round++) {
            String id = "new-" + round;
            int made = together(asking -> {
                String body = "{id: " + id + ", at: 'A:1', log: 'x" + System.nanoTime() + "'}";
                return asking.post("/probes?expect=" + id + ":0", body).status() == 200 ? 1 : 0;
            });
            assertThat(made).isEqualTo(1);
            assertAgreed(id);
        }
    }

    @Test
    void refusal_saysWhoChangedItAndWhen() {
        one.post("/probes", "{id: told, at: 'A:1', log: x}");
        Eventually.get(() -> other.get("/probes/told").status(), status -> status == 200);
        one.post("/probes", "{id: told, at: 'A:1', log: y}");
        Eventually.get(() -> other.get("/probes/told").body(), body -> body.contains("\"version\":2"));

        Answer answer = Eventually.get(
                () -> other.send(other.request("/probes/told")
                        .header("If-Match", "\"1\"")
                        .DELETE()),
                each -> each.body().contains("changedBy"));

        assertThat(answer.status()).isEqualTo(412);
        assertThat(answer.detail())
                .startsWith("the probe 'told' has version 2 ('start' set it at ")
                .endsWith(
                        "and expected was version 1; read it anew, and expect version 2 if the change still makes sense");
        assertThat(other.get("/probes/told").status()).isEqualTo(200);
    }

    private interface Caller {
        int ask(Asking asking) throws Exception;
    }

    /** What all callers did in sum, half of them at each control plane. */
    private static int together(Caller caller) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CALLERS);
        try {
            List<Callable<Integer>> all = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                Asking asking = i % 2 == 0 ? one : other;
                all.add(() -> caller.ask(asking));
            }
            int sum = 0;
            for (Future<Integer> each : threads.invokeAll(all)) {
                sum += each.get();
            }
            return sum;
        } finally {
            threads.shutdown();
            threads.awaitTermination(10, TimeUnit.SECONDS);
        }
    }

    private static void assertAgreed(String id) {
        Eventually.isTrue(() -> one.get("/probes/" + id)
                .body()
                .equals(other.get("/probes/" + id).body()));
    }

    private static String counting(int number) {
        return "{id: number, at: 'A:1', log: 'n " + number + "'}";
    }

    private static int number(JsonNode probe) {
        return Integer.parseInt(probe.at("/definition/log/0/template").asText().substring(2));
    }
}
