package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.config.probe.ProbeSchema;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.FakeAgent;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code plumb log}, {@code count} and the others against a whole pipeline in this process, with an agent that is played. */
final class ShortFormsTest {
    private static final String AT = "shop.OrderService:42";

    @TempDir
    static Path data;

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

    @Test
    void log_setsAProbe_asProbeAddDoes() {
        Run run = plumb("log", AT, "order {order.id}", "--if", "total > 100", "--on", "service=shop", "--for", "15m");

        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        assertThat(run.out())
                .containsPattern("probe orderservice-42-log version \\d+ created: log at shop.OrderService:42")
                .containsPattern("installed at 1 of 1 site on shop-1 after \\d+ ms");
        assertThat(plumb("probe", "show", "orderservice-42-log").out())
                .contains("if         total > 100", "log        INFO order {order.id}", "service=shop");
        assertThat(plumb("probe", "list").out()).contains("in 14m");
        Run added = plumb(
                "probe",
                "add",
                AT,
                "--log",
                "order {order.id}",
                "--if",
                "total > 100",
                "--on",
                "service=shop",
                "--for",
                "15m");
        assertThat(added.out()).containsPattern("probe orderservice-42-log version \\d+ unchanged");
    }

    @Test
    void dashboard_isMadeOfChosenProbes_intoAFileOrOnTheScreen() throws Exception {
        plumb("count", AT, "shop.taken", "--id", "taken");
        plumb("log", AT, "taken", "--id", "told");
        Path file = data.resolve("taken.json");

        Run written = plumb("dashboard", "taken", "-o", file.toString(), "--title", "Taken");
        Run shown = plumb("dashboard", "--datasource", "mine");

        assertThat(written.out()).contains("taken.json: a dashboard of 1 probe;");
        assertThat(Files.readString(file))
                .contains("\"title\" : \"Taken\"", "shop_taken_total")
                .doesNotContain("told");
        assertThat(shown.code()).isZero();
        assertThat(shown.out()).contains("shop_taken_total", "told", "\"value\" : \"mine\"");
    }

    @Test
    void dashboard_unknownProbe_namesThoseThatAreNear() {
        plumb("log", AT, "said", "--id", "said-before");

        Run run = plumb("dashboard", "siad-before");

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err())
                .contains("there is no probe 'siad-before'; did you mean 'said-before'? 'plumb probe list' shows all");
        assertThat(plumb(
                                "dashboard",
                                "said-before",
                                "-o",
                                data.resolve("no/such/folder").toString())
                        .err())
                .contains("can't write");
    }

    /** What agents report is beside the pipeline's own meters, for Prometheus. */
    @Test
    void meters_tellOfProbesAndAgents() throws Exception {
        plumb("log", AT, "metered", "--id", "metered");

        String meters = Eventually.get(
                () -> read(process.metersUrl()), text -> text.contains("plumbline_probe_instances{probe=\"metered\""));

        assertThat(meters)
                .contains(
                        "plumbline_agent_instances{service=\"shop\"",
                        "plumbline_probe_hits_total{probe=\"metered\",service=\"shop\"}")
                .contains(
                        "plumbline_switched_off{what=\"fleet\"} 0",
                        "plumbline_exporter_state{exporter=\"prometheus\",state=\"delivering\"} 1");
    }

    private static String read(String url) {
        try (InputStream in = URI.create(url).toURL().openStream()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void eachForm_setsItsAction_withItsOptions() {
        assertThat(set("log", AT, "x", "--level", "warn", "--logger", "audit", "--hits", "3"))
                .contains("log        WARN x", "hits=3");
        assertThat(set("count", AT, "orders", "--label", "tier=order.tier"))
                .contains("count      orders by tier=order.tier");
        assertThat(set("count", AT, "items=order.items", "--cpu", "0.5%")).contains("count      items = order.items");
        assertThat(set("gauge", AT, "stock.left=stock.size()")).contains("gauge      stock.left = stock.size()");
        assertThat(set("histogram", AT, "order.total=total", "--unit", "EUR"))
                .contains("histogram  order.total = total in EUR");
        assertThat(set("snapshot", AT, "--watch", "order.id", "--depth", "5"))
                .contains("snapshot   watch order.id, depth=5");
        assertThat(set("exception", AT)).contains("exception  with the usual bounds");
    }

    private static String set(String... args) {
        String[] whole = new String[args.length + 2];
        System.arraycopy(args, 0, whole, 0, args.length);
        whole[args.length] = "--id";
        whole[args.length + 1] = "short";
        Run run = plumb(whole);
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isZero();
        String shown = plumb("probe", "show", "short").out();
        assertThat(plumb("probe", "rm", "short").code()).isZero();
        return shown;
    }

    @Test
    void dryRun_saysWhatWouldBecomeOfIt_andSetsNothing() {
        Run run = plumb("snapshot", AT, "--on", "service=shop,other", "--on", "percent=100%", "--dry-run");

        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .contains("would be created", "means 1 instance: shop (1)", "on shop-1: would be installed at 1 site")
                .contains("place(Order) line 42, statement", "redaction hides password");
        assertThat(plumb("probe", "list").out()).doesNotContain("snapshot");
        assertThat(plumb("log", AT, "x", "--dry-run", "--on", "service=nobody").out())
                .contains("no running instance is meant by it");
        assertThat(plumb("log", AT, "x", "--measure", "1s").err()).contains("--measure belongs to --dry-run");
    }

    @Test
    void aWrongCommandLine_saysWhatToDo() {
        assertBadInput("say what to log behind the location, as in: plumb log OrderService:118", "log", AT);
        assertBadInput("put it in quotes", "log", AT, "order", "{order.id}");
        assertBadInput("say the metric behind the location, as in: plumb count OrderService:118 orders", "count", AT);
        assertBadInput("plumb gauge LOCATION reads NAME=EXPR", "gauge", AT, "stock");
        assertBadInput("a location is a class or source file and a line", "count", "orders", AT);
        assertBadInput("Missing required parameter: 'LOCATION'", "snapshot");
        assertBadInput("Unknown option: '--level'", "count", AT, "orders", "--level", "warn");
        Run absent = plumb("log", "shop.OrderService:43", "x");
        assertThat(absent.code()).isEqualTo(1);
        assertThat(absent.err()).contains("no code at line 43 of shop.OrderService; nearest: 42");
    }

    private static void assertBadInput(String sentence, String... args) {
        Run run = plumb(args);
        assertThat(run.err()).contains(sentence);
        assertThat(run.code()).isEqualTo(2);
    }

    @Test
    void completion_knowsTheForms() {
        String script = Run.plumb("completion").out();
        for (String form : List.of("log", "count", "gauge", "histogram", "snapshot", "exception")) {
            assertThat(script).contains("function _picocli_plumb_" + form + "()");
        }
    }

    @Test
    void schema_isPrinted_asItIsPublished() {
        Run run = Run.plumb("schema");

        assertThat(run.code()).isZero();
        assertThat(run.out()).isEqualTo(ProbeSchema.json());
        assertThat(Run.plumb("schema", "--help").out()).contains("# yaml-language-server: $schema=probe.schema.json");
    }

    private static Run plumb(String... args) {
        String[] whole = new String[args.length + 2];
        System.arraycopy(args, 0, whole, 0, args.length);
        whole[args.length] = "--data";
        whole[args.length + 1] = data.toString();
        return Run.plumb(whole);
    }
}
