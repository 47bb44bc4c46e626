package io.plumbline.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That Kibana's saved objects fit together. That the fields they name exist is tested in exporters/, at real servers. */
class KibanaTest {
    private static final int COLUMNS = 48;

    @Test
    void objects_haveIdsOfTheirOwnAndAVersionToMigrateFrom() throws IOException {
        Set<String> ids = new HashSet<>();
        for (JsonNode each : objects()) {
            assertThat(ids.add(each.get("id").asText()))
                    .as(each.get("id").asText())
                    .isTrue();
            assertThat(each.get("coreMigrationVersion").asText()).startsWith("8.");
            assertThat(each.get("typeMigrationVersion").asText()).isNotBlank();
            assertThat(each.at("/attributes/title").asText()).isNotBlank();
        }
        assertThat(objects().stream().map(each -> each.get("type").asText()))
                .contains("index-pattern", "search", "lens", "dashboard");
    }

    @Test
    void references_leadToObjectsOfTheFile() throws IOException {
        Set<String> there = new HashSet<>();
        objects().forEach(each -> there.add(key(each)));

        for (JsonNode each : objects()) {
            each.get("references").forEach(reference -> assertThat(there).contains(key(reference)));
        }
    }

    @Test
    void dashboard_showsEverySearchAndFigureOnce_withoutOverlaps() throws IOException {
        JsonNode dashboard = objects().get(objects().size() - 1);
        JsonNode panels = new ObjectMapper()
                .readTree(dashboard.at("/attributes/panelsJSON").asText());
        List<JsonNode> places = new ArrayList<>();
        for (int i = 0; i < panels.size(); i++) {
            JsonNode panel = panels.get(i);
            JsonNode reference = dashboard.get("references").get(i);
            assertThat(reference.get("name").asText())
                    .isEqualTo(panel.get("panelIndex").asText() + ":"
                            + panel.get("panelRefName").asText());
            assertThat(reference.get("type")).isEqualTo(panel.get("type"));
            places.add(panel.get("gridData"));
        }

        assertThat(dashboard.get("references")).hasSize(objects().size() - 2);
        assertThat(places).allSatisfy(place -> {
            assertThat(place.get("x").asInt() + place.get("w").asInt()).isLessThanOrEqualTo(COLUMNS);
            assertThat(places.stream().filter(other -> overlap(place, other))).hasSize(1);
        });
    }

    private static List<JsonNode> objects() throws IOException {
        List<JsonNode> objects = new ArrayList<>();
        for (String line : Files.readAllLines(DashboardFiles.KIBANA)) {
            objects.add(new ObjectMapper().readTree(line));
        }
        return objects;
    }

    private static String key(JsonNode node) {
        return node.get("type").asText() + "/" + node.get("id").asText();
    }

    private static boolean overlap(JsonNode a, JsonNode b) {
        return overlap(a, b, "x", "w") && overlap(a, b, "y", "h");
    }

    private static boolean overlap(JsonNode a, JsonNode b, String start, String length) {
        return a.get(start).asInt() < b.get(start).asInt() + b.get(length).asInt()
                && b.get(start).asInt() < a.get(start).asInt() + a.get(length).asInt();
    }
}
