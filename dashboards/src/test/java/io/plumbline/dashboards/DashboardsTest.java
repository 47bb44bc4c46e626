package io.plumbline.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DashboardsTest {

    static List<Path> files() {
        return DashboardFiles.all();
    }

    @ParameterizedTest
    @MethodSource("files")
    void file_parses(Path file) {
        assertThat(DashboardFiles.read(file).isObject())
                .as("%s is a mapping", file)
                .isTrue();
    }

    @Test
    void scrapeJob_keepsTheProbedProgramsLabels() {
        JsonNode job = DashboardFiles.read(DashboardFiles.SCRAPE).at("/scrape_configs/0");

        assertThat(job.get("job_name").asText()).isEqualTo("plumbline");
        assertThat(job.get("honor_labels").asBoolean()).isTrue();
        assertThat(job.at("/static_configs/0/targets/0").asText()).endsWith(":9464");
    }

    @Test
    void rules_speakOfTheScrapeJob() {
        List<String> expressions = DashboardFiles.read(DashboardFiles.RULES).findValuesAsText("expr");

        assertThat(expressions)
                .isNotEmpty()
                .allSatisfy(expression -> assertThat(expression).contains("job=\"plumbline\""));
    }

    @Test
    void dashboard_usesTheProvisionedDataSourceOnly() {
        String uid = DashboardFiles.read(DashboardFiles.ROOT.resolve("grafana/provisioning/datasources/plumbline.yaml"))
                .at("/datasources/0/uid")
                .asText();

        List<String> used = new ArrayList<>();
        DashboardFiles.read(DashboardFiles.PROBES)
                .findValues("datasource")
                .forEach(source -> used.add(source.get("uid").asText()));

        assertThat(used).isNotEmpty().containsOnly(uid);
    }

    @Test
    void dashboard_leavesNoVariableUnset() {
        assertThat(DashboardFiles.queries())
                .isNotEmpty()
                .allSatisfy(query -> assertThat(query).doesNotContain("$"));
    }

    @Test
    void dashboard_panelsDoNotOverlap() {
        List<JsonNode> places =
                DashboardFiles.read(DashboardFiles.PROBES).get("panels").findValues("gridPos");

        for (JsonNode one : places) {
            assertThat(places.stream().filter(other -> overlap(one, other))).hasSize(1);
        }
    }

    private static boolean overlap(JsonNode a, JsonNode b) {
        return overlap(a, b, "x", "w") && overlap(a, b, "y", "h");
    }

    private static boolean overlap(JsonNode a, JsonNode b, String start, String length) {
        return a.get(start).asInt() < b.get(start).asInt() + b.get(length).asInt()
                && b.get(start).asInt() < a.get(start).asInt() + a.get(length).asInt();
    }
}
