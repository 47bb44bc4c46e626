package io.plumbline.pipeline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.FakeAgent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb diff}, {@code export} and {@code promote} against a whole pipeline in this process, with an agent that is played. */
final class FilesTest {
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
        plumb("probe", "rm", "a", "b", "c", "only");
    }

    @Test
    void export_isTakenBackWithoutAChange() throws IOException {
        for (String sample : List.of("orders.yaml", "double-charge.yaml")) {
            assertThat(plumb("apply", "-f", "../config/probes/" + sample, "--no-wait")
                            .code())
                    .isZero();
        }
        plumb("span", "checkout", "A=OrderService:42", "B=OrderService:43", "--if", "A=total > 1", "--no-wait");

        Run run = plumb("export");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("  - id: big-charges\n", "    if: cents > 40000 && earlier > 0\n", "    for: 12h\n");
        Path exported = files.resolve("exported.yaml");
        Files.writeString(exported, run.out());
        assertThat(plumb("apply", "-f", exported.toString(), "--no-wait").out())
                .contains("probe checkout version", "probe orders version")
                .doesNotContain(" changed:", "created")
                .contains("unchanged:");
        assertThat(plumb("diff", "-f", exported.toString()).code()).isZero();
        plumb("probe", "rm", "orders", "swallowed", "charges", "big-charges", "checkout");
    }

    @Test
    void export_intoAFile_keepsWhatIsTheSame() throws IOException {
        String text = "# ours\n- id: a  # the first\n  at: shop.OrderService:42\n  log: x # why\n\n"
                + "- {id: b, at: 'B:1', count: bs}  # stays\n";
        Path file = files.resolve("kept.yaml");
        Files.writeString(file, text);
        assertThat(plumb("apply", "-f", file.toString(), "--no-wait").code()).isZero();
        assertThat(plumb("export", "-f", file.toString()).out()).contains("0 changed, 0 added, 2 as they were");
        assertThat(Files.readString(file)).isEqualTo(text);

        plumb("log", "shop.OrderService:42", "y", "--id", "a", "--hits", "3", "--no-wait");
        plumb("snapshot", "shop.OrderService:42", "--id", "c", "--no-wait");
        plumb("probe", "rm", "b");
        Run run = plumb("export", "-f", file.toString());

        assertThat(run.out()).contains("1 changed, 1 added, 0 as they were", "not set, and left in the file: b");
        assertThat(Files.readString(file))
                .isEqualTo(text.replace("log: x # why", "log: y # why\n  limits: {hits: 3}")
                        + "- id: c\n  at: shop.OrderService:42\n  snapshot: true\n  for: 1h\n");
    }

    @Test
    void export_thatCannotBe_saysWhy() throws IOException {
        Path file = files.resolve("wrong.yaml");
        Files.writeString(file, "id: a\nat: A:1\nlgo: x\n");

        Run wrong = plumb("export", "-f", file.toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains(file + ":3:1: unknown key 'lgo'", "put it right, or export to another file");
        assertThat(Files.readString(file)).contains("lgo");
        assertThat(plumb("export", "nobody").err()).contains("there is no probe 'nobody'");
    }

    @Test
    void diff_showsKeyByKey_whatApplyWouldChange() throws IOException {
        Path file = files.resolve("diff.yaml");
        Files.writeString(
                file,
                "- {id: only, at: 'shop.OrderService:42', log: x, if: total > 1}\n- {id: b, at: 'B:1', count: bs}\n");
        plumb("log", "shop.OrderService:42", "x", "--id", "only", "--if", "total > 2", "--hits", "5", "--no-wait");

        Run differs = plumb("diff", "-f", file.toString());

        assertThat(differs.code()).isEqualTo(1);
        assertThat(differs.out().lines())
                .containsExactly(
                        "changed only (version 1 is set)",
                        "  - if: total > 2",
                        "  + if: total > 1",
                        "  - limits: {hits: 5}",
                        "new b",
                        "  + id: b",
                        "  + at: B:1",
                        "  + count: bs",
                        "  + for: 1h",
                        "2 of 2 probes would change");
        assertThat(plumb("probe", "show", "only").out()).contains("total > 2");

        plumb("apply", "-f", file.toString(), "--no-wait");
        Run same = plumb("diff", "-f", file.toString());
        assertThat(same.code()).isZero();
        assertThat(same.out()).contains("2 probes set as the files say");

        Files.writeString(file, "lgo: x\n");
        Run wrong = plumb("diff", "-f", file.toString());
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains(file + ":1:1: unknown key 'lgo'");
    }

    @Test
    void prune_showsWhatGoes_andRemovesOnlyThat() throws IOException {
        Path file = files.resolve("set.yaml");
        Files.writeString(file, "- {id: a, at: 'A:1', log: x, tags: [t1, t2]}\n- {id: b, at: 'B:1', log: x}\n");
        plumb("apply", "-f", file.toString(), "--set", "shop", "--no-wait");
        Files.writeString(file, "- {id: a, at: 'A:1', log: x, tags: [t1, t2]}\n");

        Run diff = plumb("diff", "-f", file.toString(), "--set", "shop", "--prune");
        assertThat(diff.code()).isEqualTo(1);
        assertThat(diff.out()).contains("removed b", "  - at: B:1", "1 of 2 probes would change");
        assertThat(plumb("apply", "-f", file.toString(), "--prune").err()).contains("name it with --set");
        assertThat(plumb("apply", "-f", file.toString(), "--set", "shop", "--prune", "--no-wait")
                        .out())
                .containsPattern("probe b version \\d+ removed: log at B:1");

        assertThat(plumb("probe", "show", "b").code()).isEqualTo(1);
        assertThat(plumb("export", "a").out()).contains("tags: [t1, t2]", "set: shop");
        assertThat(plumb("probe", "list", "--tag", "t2").out()).contains("log [t1, t2]");
        assertThat(plumb("off", "--tag", "t1").out()).contains("Off are the probes a");
        plumb("on", "--tag", "t1");
        assertThat(plumb("probe", "rm", "--tag", "t1").out()).contains("a removed");
    }

    @Test
    void promote_printsTheLine_orADiff() {
        plumb("apply", "-f", "../config/probes/double-charge.yaml", "--no-wait");

        Run line = plumb("promote", "big-charges");
        assertThat(line.err()).isEmpty();
        assertThat(line.out()).contains("import org.slf4j.Logger;\n", "if ((cents > 40000) && (earlier > 0)) {\n");
        Run diff = plumb("promote", "big-charges", "--source", "../demo/src/main/java");
        assertThat(diff.code()).isZero();
        assertThat(diff.out())
                .startsWith("--- a/io/plumbline/demo/payments/Ledger.java\n")
                .contains(
                        "+            PLUMBED_LOG.info(\"charge {} of order {}: {} ct, risk {}, {} before it\", charge.id(),");
        assertThat(diff.err()).contains("check: where charge is null");
        assertThat(plumb("promote", "charges", "--as", "slf4j").err()).contains("ask for --as micrometer");
        assertThat(plumb("promote", "charges", "--as", "opentelemetry").out()).contains("PAYMENTS_CHARGE.record(");
        Run absent = plumb("promote", "charges", "--source", "../config/src");
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.err()).contains("there is no io/plumbline/demo/payments/Ledger.java below ../config/src");
        plumb("probe", "rm", "swallowed", "charges", "big-charges");
    }

    private static Run plumb(String... args) {
        String[] whole = new String[args.length + 2];
        System.arraycopy(args, 0, whole, 0, args.length);
        whole[args.length] = "--data";
        whole[args.length + 1] = data.toString();
        return Run.plumb(whole);
    }
}
