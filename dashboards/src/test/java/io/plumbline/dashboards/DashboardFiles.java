package io.plumbline.dashboards;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The resources, read. */
final class DashboardFiles {
    static final Path ROOT = Path.of("src/main/resources/dashboards");
    static final Path CONSOLE = ROOT.resolve("console");
    static final Path SCRAPE = ROOT.resolve("prometheus/plumbline-scrape.yml");
    static final Path RULES = ROOT.resolve("prometheus/plumbline-rules.yml");
    static final Path PROBES = ROOT.resolve("grafana/probes.json");

    private DashboardFiles() {}

    /** All that have to parse as JSON or YAML. */
    static List<Path> all() {
        return walk(ROOT).stream().filter(file -> !file.startsWith(CONSOLE)).toList();
    }

    /** The pages, styles and scripts of the console. */
    static List<Path> console() {
        return walk(CONSOLE);
    }

    private static List<Path> walk(Path folder) {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static JsonNode read(Path file) {
        ObjectMapper mapper = file.toString().endsWith(".json") ? new ObjectMapper() : new YAMLMapper();
        try {
            return mapper.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " does not parse", e);
        }
    }

    /** The PromQL of the dashboard's panels, with values in place of Grafana's variables. */
    static List<String> queries() {
        return read(PROBES).get("panels").findValues("expr").stream()
                .map(JsonNode::asText)
                .map(DashboardFiles::withValues)
                .toList();
    }

    private static String withValues(String query) {
        return query.replace("${histogram}", "shop_order_value_EUR")
                .replace("$counter", "shop_orders_total")
                .replace("$__rate_interval", "1m")
                .replace("$probe", ".+")
                .replace("$service", "shop");
    }
}
