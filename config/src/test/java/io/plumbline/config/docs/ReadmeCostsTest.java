package io.plumbline.config.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The README's figures are those of benchmarks/RESULTS.md. After a new measurement {@code -Dreadme.costs=write} writes them:
 * {@code ./mvnw -pl config test -Dtest=ReadmeCostsTest -Dreadme.costs=write}.
 */
class ReadmeCostsTest {
    private static final Path README = Path.of("../README.md");
    private static final Path RESULTS = Path.of("../benchmarks/RESULTS.md");
    private static final String BEGIN = "<!-- costs: taken from benchmarks/RESULTS.md, held by ReadmeCostsTest -->\n";
    private static final String END = "<!-- end of costs -->\n";
    /** The rows of the first table that the README shows, by hit and by the beginning of the line written by hand. */
    private static final List<Map.Entry<String, String>> ROWS = List.of(
            Map.entry("condition, false", "`if`"),
            Map.entry("count", "Micrometer"),
            Map.entry("count, one label", "OpenTelemetry"),
            Map.entry("histogram", "OpenTelemetry"),
            Map.entry("log, two values", "Logback"),
            Map.entry("span point, by an expression", "OpenTelemetry"),
            Map.entry("snapshot of ten locals", "Logback"),
            Map.entry("snapshot of ten locals, with its stack", "Logback"),
            Map.entry("exception with its cause", "Logback"));

    @Test
    void readme_showsWhatWasMeasured() throws IOException {
        String readme = Files.readString(README);
        int begin = readme.indexOf(BEGIN) + BEGIN.length();
        int end = readme.indexOf(END);
        String costs = "\n" + table(Files.readString(RESULTS)) + "\n";

        if ("write".equals(System.getProperty("readme.costs"))) {
            Files.writeString(README, readme.substring(0, begin) + costs + readme.substring(end));
            return;
        }
        assertThat(readme.substring(begin, end))
                .as("write them anew with -Dreadme.costs=write")
                .isEqualTo(costs);
    }

    private static String table(String results) {
        String first = results.substring(results.indexOf("## 1 thread"), results.indexOf("## Steady"));
        List<String[]> measured = new ArrayList<>();
        first.lines().filter(line -> line.startsWith("| ")).forEach(line -> measured.add(cells(line)));
        StringBuilder table =
                new StringBuilder("| a hit | the line written by hand | hand, ns | probe, ns | probe ÷ hand |\n");
        table.append("|---|---|--:|--:|--:|\n");
        for (Map.Entry<String, String> row : ROWS) {
            String[] cells = measured.stream()
                    .filter(each -> each[0].equals(row.getKey()) && each[1].startsWith(row.getValue()))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("RESULTS.md has no row " + row));
            table.append("| %s | %s | %s | %s | %s |%n".formatted(cells[0], cells[1], cells[2], cells[4], cells[6]));
        }
        return table.toString();
    }

    private static String[] cells(String line) {
        return line.substring(2).split(Pattern.quote(" |") + " ?");
    }
}
