package io.plumbline.dashboards;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** That every alert says what to do, and is tried both firing and silent by promtool. */
class AlertsTest {
    static final Path CASES = Path.of("src/test/resources/plumbline-rules-test.yml");
    private static final Path DOCS = Path.of("../docs");

    static List<JsonNode> alerts() {
        return StreamSupport.stream(
                        DashboardFiles.read(DashboardFiles.RULES).get("groups").spliterator(), false)
                .flatMap(group -> StreamSupport.stream(group.get("rules").spliterator(), false))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void alert_saysWhatToDoAndWhereToRead(JsonNode alert) throws IOException {
        String name = alert.get("alert").asText();
        String[] link = alert.at("/annotations/docs").asText().split("#");

        assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning", "info");
        assertThat(alert.at("/annotations/summary").asText()).isNotBlank();
        assertThat(alert.at("/annotations/description").asText()).isNotBlank();
        assertThat(link).hasSize(2);
        assertThat(link[1]).isEqualTo(name.toLowerCase(java.util.Locale.ROOT));
        assertThat(Files.readAllLines(Path.of("..").resolve(link[0]))).contains("#### " + name);
    }

    @Test
    void docs_tellOfNoAlertThatIsNotThere() throws IOException {
        List<String> names =
                alerts().stream().map(alert -> alert.get("alert").asText()).toList();

        assertThat(Files.readAllLines(DOCS.resolve("dashboards.md")).stream()
                        .filter(line -> line.startsWith("#### "))
                        .map(line -> line.substring(5)))
                .containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void cases_letEveryAlertFireAndBeSilent() {
        Set<String> firing = new HashSet<>();
        Set<String> silent = new HashSet<>();
        for (JsonNode test : DashboardFiles.read(CASES).get("tests")) {
            for (JsonNode expected : test.get("alert_rule_test")) {
                (expected.has("exp_alerts") ? firing : silent)
                        .add(expected.get("alertname").asText());
            }
        }
        List<String> names =
                alerts().stream().map(alert -> alert.get("alert").asText()).toList();

        assertThat(firing).containsExactlyInAnyOrderElementsOf(names);
        assertThat(silent).containsAll(names);
    }
}
