package io.plumbline.dashboards;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.plumbline.config.kit.Debian;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
        Optional<Path> found = Debian.program("promtool", "prometheus", VARIABLE);
        if (found.isEmpty()) {
            System.out.println(
                    "SKIPPED: promtool is not on the PATH, not named by " + VARIABLE + ", and Debian's package"
                            + " prometheus can't be installed; Prometheus' rules, scrape job and the dashboards' queries are not checked by it");
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
        for (Path dashboard : DashboardFiles.dashboards()) {
            for (String query : DashboardFiles.queries(dashboard)) {
                rules.add(Map.of("record", "query" + rules.size(), "expr", query));
            }
        }
        Path file = folder.resolve("queries.json");
        new ObjectMapper()
                .writeValue(file.toFile(), Map.of("groups", List.of(Map.of("name", "queries", "rules", rules))));

        assertAccepted("check", "rules", file.toString());
    }

    /** Of the rules without their texts, which would have to stand in the cases a second time. */
    @Test
    void alerts_fireWhenTheyShallAndElseNot() throws IOException, InterruptedException {
        JsonNode rules = DashboardFiles.read(DashboardFiles.RULES);
        rules.findParents("annotations").forEach(rule -> ((ObjectNode) rule).remove("annotations"));
        Path bare = folder.resolve("rules.json");
        new ObjectMapper().writeValue(bare.toFile(), rules);
        Path cases = folder.resolve("cases.yml");
        Files.writeString(
                cases,
                Files.readString(AlertsTest.CASES).replace("rule_files: [RULES]", "rule_files: ['" + bare + "']"));

        assertAccepted("test", "rules", cases.toString());
    }

    private void assertAccepted(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(promtool.toString()));
        command.addAll(Arrays.asList(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
