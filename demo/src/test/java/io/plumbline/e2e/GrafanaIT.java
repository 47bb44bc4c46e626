package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.plumbline.e2e.GrafanaDashboard.Query;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every query of every dashboard, and of one that 'plumb dashboard' made, asked of a real Prometheus that scrapes the running demo.
 * Beside the demo's own probes there are those of grafana-probes.yaml, and a record that no exporter can read, so that every panel has
 * something to show.
 */
class GrafanaIT {
    private static final Duration START = Duration.ofMinutes(3);
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final Path DASHBOARDS = Path.of("../dashboards/src/main/resources/dashboards/grafana/dashboards");
    private static final Path PROBES = Path.of("src/test/resources/grafana-probes.yaml");
    private static final List<String> CHOSEN =
            List.of("orders", "charges", "swallowed", "cart", "sold", "busy", "checkout", "wrong");

    /** Panels that show 0 here, each for its reason; they must say so rather than nothing. */
    private static final Set<String> ZERO = Set.of(
            "Switched off", // nobody switched anything off
            "Silent", // no agent was killed
            "Not delivering", // every backend is there
            "Records refused, by cause", // nobody forged a definition
            "Retried"); // every backend is there

    @TempDir
    private Path folder;

    private PrometheusServer prometheus;

    @Test
    void everyQueryOfEveryDashboard_returnsData() throws Exception {
        assumeThat(Plumb.isBuilt() && Files.exists(Path.of("target/plumbline-demo.jar")))
                .as("the demo's jars are built by 'package'")
                .isTrue();
        boolean canBeHad = PrometheusServer.canBeHad();
        if (!canBeHad) {
            System.out.println(
                    "SKIPPED: no Prometheus; Debian's package prometheus has it, and can't be installed here");
        }
        assumeThat(canBeHad).isTrue();
        String data = folder.resolve("d").toString();
        try (Plumb plumb = new Plumb(folder);
                Jvm demo = plumb.start("demo", List.of("demo", "--data", data))) {
            Await.until("the demo", START, demo::output, text -> text.contains("Set the next one yourself"));
            try (PrometheusServer mine = PrometheusServer.start(
                    folder,
                    URI.create(said(demo, "metrics (http\\S+)")),
                    URI.create(said(demo, "own meters +(http\\S+)")))) {
                prometheus = mine;
                assertThat(plumb.run("apply", "--data", data, "-f", PROBES.toString())
                                .text())
                        .contains("wrong rejected");
                sendWhatNobodyCanRead(said(demo, "Kafka +(\\d\\S+)"));
                List<String> command = new ArrayList<>(List.of("dashboard", "--data", data));
                command.addAll(CHOSEN);
                JsonNode made = plumb.ok(command.toArray(String[]::new)).json();

                List<GrafanaDashboard> all = provisioned();
                all.add(new GrafanaDashboard(made, mine));

                assertThat(all).hasSize(6);
                for (GrafanaDashboard dashboard : all) {
                    everyQueryAnswers(dashboard);
                }
                whatWasProvokedIsSeen();
                rulesAreEvaluated_andDeadLettersFire();
            }
        }
    }

    private List<GrafanaDashboard> provisioned() throws IOException {
        List<GrafanaDashboard> all = new ArrayList<>();
        try (var files = Files.list(DASHBOARDS)) {
            for (Path file : files.sorted().toList()) {
                all.add(new GrafanaDashboard(new ObjectMapper().readTree(file.toFile()), prometheus));
            }
        }
        return all;
    }

    private void everyQueryAnswers(GrafanaDashboard dashboard) {
        Map<String, String> chosen = Map.of("probe", "checkout", "histogram", "shop_order_value_EUR");
        Await.until(
                "values of the variables of " + dashboard.title(), SOON, () -> dashboard.fill(chosen), List::isEmpty);
        Await.until(
                "data in every panel of " + dashboard.title(),
                SOON,
                () -> unanswered(dashboard, chosen),
                List::isEmpty);
        assertThat(dashboard.queries()).hasSizeGreaterThan(10);
    }

    private List<String> unanswered(GrafanaDashboard dashboard, Map<String, String> chosen) throws Exception {
        List<String> missing = new ArrayList<>(dashboard.fill(chosen));
        for (Query query : dashboard.queries()) {
            JsonNode series = prometheus.query(query.promql());
            boolean isThere = StreamSupport.stream(series.spliterator(), false)
                    .mapToDouble(each -> each.at("/value/1").asDouble(Double.NaN))
                    .anyMatch(value -> ZERO.contains(query.panel()) ? value == 0 : !Double.isNaN(value));
            if (!isThere) {
                missing.add(query.panel() + ": " + query.promql() + " returned " + series);
            } else if (query.hasExemplars() && !hasTrace(query)) {
                missing.add(query.panel() + ": no exemplar of " + query.promql());
            }
        }
        return missing;
    }

    private boolean hasTrace(Query query) throws Exception {
        return prometheus.exemplars(query.promql()).findValuesAsText("trace_id").stream()
                .anyMatch(id -> id.matches("[0-9a-f]{32}"));
    }

    /** What the probes of this test are there for: more than that some series is 0. */
    private void whatWasProvokedIsSeen() {
        for (String query : List.of(
                "sum(plumbline_probe_sampled_out_total{probe=\"busy\"}) > 0",
                "plumbline_probe_sampling_every{probe=\"busy\"} > 1",
                "plumbline_probe_trouble_instances{probe=\"wrong\",state=\"rejected\",reason=~\".*nothingOfTheKind.*\"} == 1",
                "plumbline_probe_dropped_total{probe=\"null-conditions\",cause=\"condition-null\"} > 0",
                "plumbline_span_unclosed_total{probe=\"unfinished\",plumbline_span_from=\"A\"} > 0",
                "sum(plumbline_exporter_lost_total{cause=\"malformed\"}) > 0",
                "plumbline_probe_emitted_total{probe=\"orders\",service=\"shop\"} > 0")) {
            Await.until(query, SOON, () -> prometheus.query(query), series -> !series.isEmpty());
        }
    }

    private void rulesAreEvaluated_andDeadLettersFire() {
        JsonNode rules = Await.until(
                "the alert of dead letters",
                SOON,
                () -> prometheus.get("/api/v1/rules").get("groups"),
                groups -> groups.toString().contains("\"firing\"")
                        && !groups.toString().contains("\"unknown\""));

        List<String> firing = new ArrayList<>();
        for (JsonNode group : rules) {
            for (JsonNode rule : group.get("rules")) {
                assertThat(rule.get("health").asText()).as(rule.toString()).isEqualTo("ok");
                if (rule.get("state").asText().equals("firing")) {
                    firing.add(rule.get("name").asText());
                }
            }
        }
        assertThat(firing).contains("PlumblineDeadLetters").isSubsetOf("PlumblineDeadLetters", "PlumblineOverBudget");
    }

    /** A counter grows only once it was seen at 0, so it comes after the first scrapes. */
    private void sendWhatNobodyCanRead(String kafka) throws Exception {
        String lost = "sum(plumbline_exporter_lost_total) == 0";
        Await.until(lost, SOON, () -> prometheus.query(lost), series -> !series.isEmpty());
        Map<String, Object> settings = Map.of("bootstrap.servers", kafka);
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>("otlp_metrics", new byte[] {1, 2, 3}))
                    .get();
        }
    }

    private static String said(Jvm demo, String pattern) {
        return Pattern.compile(pattern)
                .matcher(demo.output())
                .results()
                .map(match -> match.group(1))
                .findFirst()
                .orElseThrow();
    }
}
