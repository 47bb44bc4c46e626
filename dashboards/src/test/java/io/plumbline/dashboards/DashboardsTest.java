package io.plumbline.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Prometheus and Grafana are given, as files. */
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
    void exemplars_leadToTheProvisionedTraces() {
        JsonNode sources = DashboardFiles.read(DashboardFiles.DATA_SOURCES).get("datasources");

        JsonNode destination = sources.at("/0/jsonData/exemplarTraceIdDestinations/0");
        assertThat(sources.findValuesAsText("type")).containsExactly("prometheus", "jaeger", "elasticsearch");
        assertThat(destination.get("name").asText()).isEqualTo("trace_id");
        assertThat(sources.findValuesAsText("uid"))
                .contains(destination.get("datasourceUid").asText());
    }

    /** Grafana knows no defaults, so a variable without a value would be an empty address. */
    @Test
    void variablesOfProvisioning_haveValuesForCompose() throws Exception {
        String provisioning = Files.readString(DashboardFiles.DATA_SOURCES)
                + Files.readString(DashboardFiles.ROOT.resolve("grafana/provisioning/dashboards/plumbline.yaml"));
        List<String> used = Pattern.compile("(?<!\\$)\\$([A-Z_]+)")
                .matcher(provisioning)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();

        assertThat(Files.readAllLines(DashboardFiles.ROOT.resolve("grafana/grafana.env")).stream()
                        .filter(line -> !line.startsWith("#"))
                        .map(line -> line.replaceFirst("=.+", "")))
                .containsExactlyInAnyOrderElementsOf(used);
    }
}
