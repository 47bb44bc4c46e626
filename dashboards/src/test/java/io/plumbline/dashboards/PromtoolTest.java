package io.plumbline.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Prometheus' own tool says. Skipped where there is none: it comes with Debian's package "prometheus". */
class PromtoolTest {
    private static final String VARIABLE = "PLUMBLINE_PROMTOOL";

    @TempDir
    Path folder;

    private Path promtool;

    @BeforeEach
    void find() {
        Optional<Path> found = promtool();
        if (found.isEmpty()) {
            System.out.println("promtool is not on the PATH and not named by " + VARIABLE
                    + "; Prometheus' rules, scrape job and the dashboard's queries are not checked by it");
        }
        assumeTrue(found.isPresent(), "no promtool");
        promtool = found.get();
    }

    @Test
    void rules_areValid() throws IOException, InterruptedException {
        assertAccepted("check", "rules", DashboardFiles.RULES.toString());
    }

    @Test
    void scrapeJob_isValid() throws IOException, InterruptedException {
        assertAccepted("check", "config", DashboardFiles.SCRAPE.toString());
    }

    /** As recording rules, which is how promtool parses PromQL without a server. */
    @Test
    void queries_areValid() throws IOException, InterruptedException {
        List<Map<String, String>> rules = new ArrayList<>();
        for (String query : DashboardFiles.queries()) {
            rules.add(Map.of("record", "query" + rules.size(), "expr", query));
        }
        Path file = folder.resolve("queries.json");
        new ObjectMapper()
                .writeValue(file.toFile(), Map.of("groups", List.of(Map.of("name", "queries", "rules", rules))));

        assertAccepted("check", "rules", file.toString());
    }

    @Test
    void alerts_fireWhenTheExporterIsAway() throws IOException, InterruptedException {
        Path file = folder.resolve("test.yml");
        Files.writeString(file, """
                rule_files: ["%s"]
                evaluation_interval: 1m
                tests:
                  - interval: 1m
                    input_series:
                      - series: 'up{job="plumbline", instance="a:9464"}'
                        values: '1x5 0x20'
                      - series: 'scrape_samples_scraped{job="plumbline", instance="a:9464"}'
                        values: '100x5 0x20'
                    alert_rule_test:
                      - eval_time: 4m
                        alertname: PlumblineExporterDown
                      - eval_time: 10m
                        alertname: PlumblineExporterDown
                        exp_alerts:
                          - exp_labels: {severity: warning, job: plumbline, instance: "a:9464"}
                            exp_annotations:
                              summary: "The Plumbline exporter at a:9464 does not answer"
                              description: >-
                                Nothing is lost: counters are cumulative and wait in Kafka. Look at the process 'plumb up'
                                and its log.
                      - eval_time: 20m
                        alertname: PlumblineSeriesGone
                """.formatted(DashboardFiles.RULES.toAbsolutePath()));

        assertAccepted("test", "rules", file.toString());
    }

    private void assertAccepted(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(promtool.toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static Optional<Path> promtool() {
        String named = System.getenv(VARIABLE);
        if (named != null && !named.isBlank()) {
            return Optional.of(Path.of(named));
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
