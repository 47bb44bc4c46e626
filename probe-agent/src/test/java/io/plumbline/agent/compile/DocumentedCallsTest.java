package io.plumbline.agent.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The table of docs/expressions.md names exactly the JDK methods that expressions may call. */
class DocumentedCallsTest {

    @Test
    void table_namesEveryMethodAndNoOther() throws IOException {
        Map<String, Set<String>> agents = new TreeMap<>();
        JdkCalls.all().forEach((type, names) -> agents.put(type.substring(type.lastIndexOf('.') + 1), names));
        agents.put("Collection", JdkCalls.names(List.class));
        agents.put("Map", JdkCalls.names(Map.class));

        Map<List<String>, Set<String>> documented = table();
        Map<List<String>, Set<String>> expected =
                documented.keySet().stream().collect(Collectors.toMap(types -> types, types -> union(types, agents)));

        assertThat(documented).isEqualTo(expected);
        assertThat(documented.keySet().stream().flatMap(List::stream))
                .containsExactlyInAnyOrderElementsOf(agents.keySet());
    }

    private static Set<String> union(List<String> types, Map<String, Set<String>> names) {
        return types.stream()
                .flatMap(type -> names.getOrDefault(type, Set.of()).stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Map<List<String>, Set<String>> table() throws IOException {
        String page = Files.readString(Path.of("../docs/expressions.md"));
        String section = page.substring(page.indexOf("<!-- DocumentedCallsTest"));
        return section.lines()
                .skip(1)
                .dropWhile(line -> !line.startsWith("| `"))
                .takeWhile(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|"))
                .collect(Collectors.toMap(
                        cells -> Arrays.asList(cells[1].replace("`", "").trim().split(" ")),
                        cells -> new TreeSet<>(Arrays.asList(cells[2].trim().split(" ")))));
    }
}
