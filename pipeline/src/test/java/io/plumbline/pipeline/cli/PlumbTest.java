package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.text.NodeReader;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.FakeAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands against a whole pipeline in this process, with an agent that is played. */
final class PlumbTest {
    @TempDir
    static Path data;

    @TempDir
    Path files;

    private static PipelineProcess process;
    private static FakeAgent agent;

    @BeforeAll
    static void start() {
        PipelineSettings settings = PipelineSettings.of(List.of("prometheus"), Map.of("prometheus.port", "0"));
        process = PipelineProcess.start(new PipelineProcess.Plan(data, null, 0, 0, false, settings));
        agent = FakeAgent.start(process.kafkaAddress(), "shop");
        Eventually.get(() -> plumb("agents"), run -> run.out().contains("shop-1"));
    }

    @AfterAll
    static void stop() {
        agent.close();
        process.close();
    }

    @AfterEach
    void removeAll() {
        plumb("probe", "rm", "a", "b", "orderservice-42-log", "orderservice-43-log", "nowhere-1-log");
    }

    @Test
    void probeAdd_saysWhereItIsInstalled() {
        Run run = plumb(
                "probe",
                "add",
                "shop.OrderService:42",
                "--log",
                "order {order.id}",
                "--count",
                "orders",
                "--label",
                "tier=order.tier",
                "--if",
                "total > 10",
                "--on",
                "service=shop",
                "--for",
                "15m");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsPattern(
                        "probe orderservice-42-log version \\d+ created: log, count orders at shop.OrderService:42")
                .containsPattern("installed at 1 of 1 site on shop-1 after \\d+ ms");
        Run show = plumb("probe", "show", "orderservice-42-log");
        assertThat(show.out()).contains("if         total > 10", "orders by tier=order.tier", "service=shop");
        assertThat(plumb("probe", "list").out()).contains("installed 1/1", "in 14m");
    }

    @Test
    void probeAdd_ofASecondQuestionAtALine_leavesTheFirstAlone() {
        plumb("probe", "add", "shop.OrderService:42", "--log", "first", "--no-wait");

        assertThat(plumb("probe", "add", "shop.OrderService:42", "--log", "first", "--no-wait")
                        .out())
                .containsPattern("probe orderservice-42-log version \\d+ unchanged");
        assertThat(plumb("probe", "add", "shop.OrderService:42", "--log", "second", "--no-wait")
                        .out())
                .containsPattern("probe orderservice-42-log-2 version \\d+ created");
        plumb("probe", "rm", "orderservice-42-log-2");
    }

    @Test
    void probeAdd_guarded_showsHowFarItHasCome() {
        Run run = plumb(
                "probe", "add", "shop.OrderService:42", "--log", "x", "--guarded", "--fleet-hits", "10", "--id", "a");

        assertThat(run.err()).isEmpty();
        Run show = Eventually.get(
                () -> plumb("probe", "show", "a"), shown -> shown.out().contains("now first, on shop-1"));
        assertThat(show.out()).contains("rollout    first 1, then 25%, then all; now first", "fleet-hits=10");
        assertThat(plumb("probe", "add", "shop.OrderService:42", "--count", "c", "--fleet-hits", "10")
                        .err())
                .contains("limits.fleet-hits needs exactly one action");
    }

    @Test
    void probeAdd_ofASnapshot_canBeShown() {
        Run run = plumb("probe", "add", "shop.OrderService:42", "--snapshot", "--watch", "order.id", "--depth", "5");

        assertThat(run.err()).isEmpty();
        assertThat(run.out()).containsPattern("probe orderservice-42-snapshot version \\d+ created: snapshot at");
        assertThat(plumb("probe", "show", "orderservice-42-snapshot").out())
                .contains("snapshot   watch order.id, depth=5");
        assertThat(plumb("probe", "add", "shop.OrderService:42", "--exception", "--no-wait")
                        .out())
                .contains("created: exception at");
        plumb("probe", "rm", "orderservice-42-snapshot");
        plumb("probe", "rm", "orderservice-42-exception");
    }

    @Test
    void probeAdd_toAnExporter_warnsWhereNoneHasTheName() {
        Run run = plumb("probe", "add", "shop.OrderService:42", "--log", "x", "--to", "prometheus", "--id", "a");
        assertThat(run.out()).doesNotContain("warning");
        assertThat(plumb("probe", "show", "a").out()).contains("to         prometheus");

        Run unknown = plumb(
                "probe",
                "add",
                "shop.OrderService:42",
                "--log",
                "x",
                "--to",
                "prometheus,audit",
                "--id",
                "b",
                "--dry-run");
        assertThat(unknown.code()).isZero();
        assertThat(unknown.out())
                .contains("warning: no exporter called 'audit' runs; there are prometheus;"
                        + " plumb up --exporter audit=EXPORTER starts it, as does plumb serve --role export");
        Run span = plumb("span", "b", "A=OrderService:42", "B=OrderService:43", "--to", "promtheus", "--dry-run");
        assertThat(span.out()).contains("no exporter called 'promtheus' runs; did you mean 'prometheus'?");
    }

    @Test
    void probeAdd_thatCannotBe_saysWhy_andFails() {
        Run run = plumb("probe", "add", "shop.OrderService:43", "--log", "x", "--force");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).contains("rejected on shop-1: no code at line 43 of shop.OrderService; nearest: 42");
    }

    @Test
    void probeAdd_atALineWithoutCode_isSaidBeforeItIsSet() {
        Run run = plumb("probe", "add", "shop.OrderService:43", "--log", "x");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err())
                .contains("no code at line 43 of shop.OrderService; nearest: 42 (asked: shop-1);"
                        + " --force sets the probe all the same");
        assertThat(plumb("probe", "list").out()).contains("No probes are set");
    }

    @Test
    void probeAdd_withAnotherSource_isSaidBeforeItIsSet() throws IOException {
        String other = file("OrderService.java", "package shop;\n".repeat(41) + "\n");
        String beside = file("Beside.java", "int i;\n".repeat(50));

        Run run = plumb("probe", "add", "shop.OrderService:42", "--log", "x", "--source", other);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("is not what runs: the running program has another shop/OrderService.java");
        assertThat(plumb("probe", "list").out()).contains("No probes are set");

        assertThat(plumb("probe", "add", "shop.OrderService:42", "--log", "x", "--source", beside)
                        .code())
                .isZero();
        Run forced = plumb("probe", "add", "shop.OrderService:42", "--log", "x", "--source", other, "--force");
        assertThat(forced.code()).isZero();
        Run absent = plumb("probe", "add", "shop.OrderService:42", "--log", "x", "--source", other + "x");
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.err()).contains("can't be read as UTF-8 text");
    }

    @Test
    void lines_withSource_saysWhetherItRuns() throws IOException {
        String same = file("OrderService.java", FakeAgent.SOURCE.replace("\n", "\r\n"));
        String shorter = file("Shorter.java", "int i;\n".repeat(30));

        assertThat(plumb("lines", "OrderService", "--source", same).out()).contains("OrderService.java is what runs");
        Run run = plumb("lines", "OrderService", "--source", shorter);
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("the class has code at line 42, where the file has ended, after 31 lines");
    }

    @Test
    void probeAdd_ofUnknownClass_isPending() {
        Run run = plumb("probe", "add", "Nowhere:1", "--log", "x");

        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("pending on shop-1: no class Nowhere is loaded yet");
    }

    @Test
    void probeAdd_wrong_isBadInput_withASentence() {
        assertBadInput("say what the probe does", "probe", "add", "A:1");
        assertBadInput("--watch and --depth belong to", "probe", "add", "A:1", "--log", "x", "--depth", "2");
        assertBadInput("'depth' must be a whole number", "probe", "add", "A:1", "--snapshot", "--depth", "99");
        assertBadInput("--gauge reads NAME=EXPR", "probe", "add", "A:1", "--gauge", "x");
        assertBadInput("a location is a class or source file and a line", "probe", "add", "A", "--log", "x");
        assertBadInput("column 3", "probe", "add", "A:1", "--log", "x {", "--no-wait");
        assertBadInput("a duration reads like", "probe", "add", "A:1", "--log", "x", "--for", "soon");
        assertBadInput("Unknown option", "probe", "add", "A:1", "--lgo", "x");
    }

    @Test
    void apply_takesSeveralFiles_orNone() throws IOException {
        String good = file("good.yaml", "id: a\nat: shop.OrderService:42\nlog: x\n");
        String bad = file("bad.yaml", "---\nid: b\nat: shop.OrderService:42\nlgo: x\n");

        Run refused = plumb("apply", "-f", good, "-f", bad);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains(bad + ":4:1: unknown key 'lgo'");
        assertThat(plumb("probe", "list").out()).contains("No probes are set");

        Files.writeString(Path.of(bad), "id: b\nat: shop.OrderService:42\nlog: x\n");
        Run taken = plumb("apply", "-f", good, "-f", bad);
        assertThat(taken.code()).isZero();
        assertThat(taken.out())
                .contains("probe a version 1 created", "probe b version 1 created", "b installed at 1 of 1");
        assertThat(plumb("apply", "-f", good, "--no-wait").out()).contains("probe a version 1 unchanged");
    }

    @Test
    void tail_printsSignals_andTheDelayOfTheFirst() throws Exception {
        CompletableFuture<Run> tail = CompletableFuture.supplyAsync(() -> plumb("tail", "--count", "1"));
        Eventually.isTrue(() -> {
            plumb("probe", "add", "shop.OrderService:42", "--log", "x", "--id", "a", "--no-wait");
            agent.hit();
            return tail.isDone();
        });

        assertThat(tail.get(1, TimeUnit.SECONDS).out()).contains("shop-1 a OrderService.java:42 order 17");
    }

    @Test
    void signals_reachTheExporter_andAreCountedByProbe() {
        plumb("probe", "add", "shop.OrderService:42", "--count", "orders.tested", "--id", "a");
        agent.hit();

        Eventually.get(
                () -> plumb("exporters", "--json").out(),
                out -> out.contains("\"a\":{\"log\":0,\"metric\":1,\"span\":0}"));
        assertThat(plumb("exporters").out())
                .contains("prometheus  delivering", "FILTERED", "metrics=http://127.0.0.1:");
    }

    @Test
    void deadletters_whenThereAreNone_andWhenAskedWrongly() {
        Run none = plumb("deadletters", "list");
        assertThat(none.code()).as(none.err()).isZero();
        assertThat(none.out()).contains("No dead letters: whatever exporters were given arrived");
        assertThat(plumb("deadletters", "list", "--exporter", "prometheus").out())
                .contains("No dead letter matches --exporter prometheus");
        assertThat(plumb("deadletters", "replay", "--exporter", "prometheus").out())
                .contains("Nothing was sent: --exporter prometheus has no dead letter that was not sent yet");

        assertBadInput("reads PARTITION-OFFSET, such as 0-17: x", "deadletters", "show", "x");
        assertBadInput("did you mean 'rejected'?", "deadletters", "list", "--cause", "rejectd");
        assertBadInput("--since reads 90s", "deadletters", "list", "--since", "yesterday");
        assertBadInput("--limit must be from 1 to 1000: 0", "deadletters", "list", "--limit", "0");
        assertBadInput("name letters by id, or an exporter", "deadletters", "replay");
        assertBadInput("name letters by id, or an exporter", "deadletters", "replay", "--cause", "rejected");
        Run missing = plumb("deadletters", "show", "0-99");
        assertThat(missing.code()).isEqualTo(1);
        assertThat(missing.err()).contains("there is no dead letter 0-99; kept are none, see 'plumb deadletters list'");
    }

    @Test
    void off_andOn() {
        plumb("probe", "add", "shop.OrderService:42", "--log", "x", "--id", "a");

        assertThat(plumb("off").out()).contains("Everything is off");
        assertThat(plumb("on").out()).contains("Everything is on.");
        assertThat(plumb("off", "a").out()).contains("Off are the probes a");
        assertThat(plumb("off", "b").code()).isEqualTo(1);
        assertThat(plumb("off", "a", "--instance", "shop-1").code()).isEqualTo(2);
        assertThat(plumb("on", "a").out()).contains("Everything is on.");
    }

    @Test
    void lines_areListed() {
        assertThat(plumb("lines", "OrderService").out()).contains("shop.OrderService:42", "order: shop.Order");
        assertThat(plumb("lines", "OrderService:42").out()).contains("shop.OrderService:42");
        assertThat(plumb("lines", "OrderService:40").err())
                .contains("no code at line 40 of OrderService; nearest: ")
                .contains("42");
        assertThat(plumb("lines", "Nothing").code()).isEqualTo(1);
    }

    @Test
    void attach_loadsTheAgent_onceOnly() throws Exception {
        MarkingAgent.jar(files.resolve("probe-agent/target/plumbline-agent.jar"));
        System.setProperty("plumbline.home", files.toString());
        Process jvm = JvmsTest.jvm("-Dx=y");
        try {
            Run first = plumb("attach", Long.toString(jvm.pid()), "--service", "billing");
            assertThat(first.out()).as(first.err()).contains("is instance billing-1 now, after ");
            assertThat(plumb("agents").out()).contains("billing-1");

            Run second = plumb("attach", Long.toString(jvm.pid()), "--service", "billing");
            assertThat(second.code()).isZero();
            assertThat(second.out()).contains("has the agent already: instance billing-1");
            assertThat(plumb("attach").out()).contains(Long.toString(jvm.pid()), "JvmsTest$Waiting");
        } finally {
            System.clearProperty("plumbline.home");
            jvm.destroy();
            jvm.waitFor();
        }
    }

    @Test
    void attach_withoutTheAgentsJar_saysHowToBuildIt() {
        System.setProperty("plumbline.home", files.toString());
        try {
            assertThat(plumb("attach", "1").err()).contains("the agent's jar is not there", "mvnw");
        } finally {
            System.clearProperty("plumbline.home");
        }
    }

    @Test
    void json_isReadable_whereItIsOffered() {
        for (List<String> command : List.of(
                List.of("agents"),
                List.of("probe", "list"),
                List.of("exporters"),
                List.of("deadletters", "list"),
                List.of("lines", "OrderService"))) {
            List<String> args = new ArrayList<>(command);
            args.add("--json");
            assertThat(NodeReader.json(plumb(args.toArray(String[]::new)).out(), "out"))
                    .isNotNull();
        }
    }

    @Test
    void withoutControlPlane_saysHowToStartIt() {
        Run run = Run.plumb("agents", "--data", files.toString());

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("no control plane runs on " + files, "plumb up");
        assertThat(Run.plumb("agents", "--url", "http://127.0.0.1:1", "--token", "x")
                        .code())
                .isEqualTo(3);
    }

    @Test
    void up_withWrongSettings_doesNotStart() {
        String folder = files.toString();
        assertThat(Run.plumb("up", "--data", folder, "--exporter", "promtheus").err())
                .contains("did you mean prometheus?");
        assertThat(Run.plumb("up", "--data", folder, "--set", "prometheus.port=x")
                        .err())
                .contains("prometheus.port", "x");
        assertThat(Run.plumb("up", "--data", folder, "--set", "elasticsearch.url=http://e:9200")
                        .err())
                .contains("add --exporter elasticsearch");
        assertThat(Run.plumb("up", "--data", folder, "--set", "colour=red").err())
                .contains("unknown setting colour");
        assertThat(Run.plumb("up", "--data", folder, "--port", "70000").code()).isEqualTo(2);
    }

    @Test
    void everyCommand_teachesWithExamples() {
        Plumb.commandLine().getSubcommands().forEach((name, command) -> {
            String help = command.getUsageMessage();
            assertThat(help).as(name).contains("Usage: plumb " + name);
            assertThat(name.equals("probe") || help.contains("  plumb " + name) || help.contains("(plumb " + name))
                    .as("example in the help of " + name)
                    .isTrue();
        });
        assertThat(Run.plumb("completion").out()).contains("complete -F _complete_plumb");
    }

    private static void assertBadInput(String sentence, String... args) {
        Run run = plumb(args);
        assertThat(run.code()).as(run.toString()).isEqualTo(2);
        assertThat(run.err()).contains(sentence);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(files.resolve(name), content).toString();
    }

    /** With the data folder of this test, unless the command is wrong before it needs one. */
    private static Run plumb(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--data");
        all.add(data.toString());
        return Run.plumb(all.toArray(String[]::new));
    }
}
