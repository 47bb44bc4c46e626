package io.plumbline.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Grafana would trip over, or show nobody can read, in each dashboard's JSON. That its queries return data is GrafanaIT's, in demo/. */
class GrafanaTest {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-zA-Z_]\\w*)");

    /** Grafana's own. */
    private static final Set<String> GIVEN =
            Set.of("__rate_interval", "__range", "__value", "__all", "__data", "__field");

    private static final int COLUMNS = 24;

    static List<Path> dashboards() {
        return DashboardFiles.dashboards();
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panels_doNotOverlapAndHaveIdsOfTheirOwn(Path file) {
        JsonNode panels = DashboardFiles.read(file).get("panels");
        List<JsonNode> places = panels.findValues("gridPos");

        assertThat(StreamSupport.stream(panels.spliterator(), false).map(panel -> panel.get("id")))
                .doesNotHaveDuplicates();
        for (JsonNode one : places) {
            assertThat(one.get("x").asInt() + one.get("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            assertThat(places.stream().filter(other -> overlap(one, other)))
                    .as("at %s", one)
                    .hasSize(1);
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void panels_sayWhatTheyShow(Path file) {
        for (JsonNode panel : DashboardFiles.read(file).get("panels")) {
            assertThat(panel.get("title").asText()).isNotBlank();
            if (!panel.get("type").asText().equals("row")) {
                assertThat(panel.get("description").asText())
                        .as(panel.get("title").asText())
                        .isNotBlank();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotBlank();
                assertThat(panel.get("targets")).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void variables_areDefinedBeforeTheyAreUsed(Path file) {
        JsonNode dashboard = DashboardFiles.read(file);
        Set<String> defined = new HashSet<>(GIVEN);
        for (JsonNode variable : dashboard.at("/templating/list")) {
            assertThat(defined).containsAll(variables(variable));
            defined.add(variable.get("name").asText());
        }

        assertThat(defined)
                .containsAll(variables(dashboard.get("panels")))
                .containsAll(variables(dashboard.get("links")));
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void dataSource_isTheVariableThatBeginsWithTheProvisionedOne(Path file) {
        JsonNode dashboard = DashboardFiles.read(file);
        String provisioned = DashboardFiles.read(DashboardFiles.DATA_SOURCES)
                .at("/datasources/0/uid")
                .asText();

        assertThat(dashboard.findValues("datasource"))
                .isNotEmpty()
                .allSatisfy(source -> assertThat(source.get("uid").asText()).isEqualTo("${datasource}"));
        assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("datasource");
        assertThat(dashboard.at("/templating/list/0/current/value").asText()).isEqualTo(provisioned);
    }

    @ParameterizedTest
    @MethodSource("dashboards")
    void queries_leaveNoVariableToPrometheus(Path file) {
        assertThat(DashboardFiles.queries(file))
                .isNotEmpty()
                .allSatisfy(query -> assertThat(query).doesNotContain("$"));
    }

    @Test
    void uidsAndTitles_areThoseOfOneDashboardEach() {
        List<JsonNode> all = dashboards().stream().map(DashboardFiles::read).toList();

        assertThat(all).hasSize(5);
        assertThat(all.stream().map(each -> each.get("uid").asText())).doesNotHaveDuplicates();
        assertThat(all.stream().map(each -> each.get("title").asText())).doesNotHaveDuplicates();
        assertThat(all).allSatisfy(each -> assertThat(each.get("tags")).contains(new TextNode("plumbline")));
    }

    /** In all texts of a part. */
    private static List<String> variables(JsonNode node) {
        List<String> found = new ArrayList<>();
        if (node.isTextual()) {
            VARIABLE.matcher(node.asText()).results().forEach(match -> found.add(match.group(1)));
        }
        StreamSupport.stream(node.spliterator(), false).forEach(child -> found.addAll(variables(child)));
        return found;
    }

    private static boolean overlap(JsonNode a, JsonNode b) {
        return overlap(a, b, "x", "w") && overlap(a, b, "y", "h");
    }

    private static boolean overlap(JsonNode a, JsonNode b, String start, String length) {
        return a.get(start).asInt() < b.get(start).asInt() + b.get(length).asInt()
                && b.get(start).asInt() < a.get(start).asInt() + a.get(length).asInt();
    }
}
