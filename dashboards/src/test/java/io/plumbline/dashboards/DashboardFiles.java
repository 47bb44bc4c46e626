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
    static final Path GRAFANA = ROOT.resolve("grafana/dashboards");
    static final Path DATA_SOURCES = ROOT.resolve("grafana/provisioning/datasources/plumbline.yaml");
    static final Path KIBANA = ROOT.resolve("kibana/plumbline.ndjson");

    private DashboardFiles() {}

    /** All that have to parse as JSON or YAML. */
    static List<Path> all() {
        return walk(ROOT).stream()
                .filter(file -> !file.startsWith(CONSOLE))
                .filter(file -> file.toString().matches(".*\\.(json|ya?ml)"))
                .toList();
    }

    /** Grafana's dashboards. */
    static List<Path> dashboards() {
        return walk(GRAFANA);
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

    /** The PromQL of a dashboard's panels, with values in place of Grafana's variables. */
    static List<String> queries(Path dashboard) {
        return read(dashboard).get("panels").findValues("expr").stream()
                .map(JsonNode::asText)
                .map(DashboardFiles::withValues)
                .toList();
    }

    private static String withValues(String query) {
        return query.replace("${histogram}", "shop_order_value_EUR")
                .replace("$counter", "shop_orders_total")
                .replace("$gauge", "shop_cart_cents")
                .replace("$__rate_interval", "1m")
                .replace("$__range", "1h")
                .replace("$exporter", ".+")
                .replace("$probe", ".+")
                .replace("$service", "shop")
                .replace("$from", "A");
    }
}
