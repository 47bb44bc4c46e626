package io.plumbline.pipeline.dashboard;

import io.plumbline.config.probe.Probe;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What can be chosen at the top of the dashboard. */
final class Variables {
    private Variables() {}

    static List<Map<String, Object>> of(List<Probe> probes, ProbeDashboard.Look look) {
        return List.of(dataSource(look.dataSource()), console(look.console()), service(probes));
    }

    private static Map<String, Object> dataSource(String name) {
        Map<String, Object> variable = variable("datasource", "Prometheus", "Where the metrics are.", "datasource");
        variable.put("query", "prometheus");
        variable.put("regex", "");
        variable.put("refresh", 1);
        variable.put("multi", false);
        variable.put("includeAll", false);
        variable.put("current", Map.of("text", name, "value", name));
        return variable;
    }

    private static Map<String, Object> console(String url) {
        Map<String, Object> variable =
                variable("console", "Console", "Address of Plumbline's console, for links.", "textbox");
        variable.put("query", url);
        variable.put("current", Map.of("text", url, "value", url));
        return variable;
    }

    private static Map<String, Object> service(List<Probe> probes) {
        Map<String, Object> variable = variable("service", "Service", "The programs that are probed.", "query");
        String query = "label_values(plumbline_probe_instances{" + Selector.ofProbes(probes) + "}, service)";
        variable.put("datasource", Panel.DATA_SOURCE);
        variable.put("definition", query);
        variable.put("query", Map.of("query", query, "refId", "variable"));
        variable.put("regex", "");
        variable.put("refresh", 2);
        variable.put("sort", 1);
        variable.put("multi", true);
        variable.put("includeAll", true);
        variable.put("allValue", ".+");
        variable.put("current", Map.of("text", List.of("All"), "value", List.of("$__all")));
        return variable;
    }

    private static Map<String, Object> variable(String name, String label, String description, String type) {
        Map<String, Object> variable = new LinkedHashMap<>();
        variable.put("name", name);
        variable.put("label", label);
        variable.put("description", description);
        variable.put("type", type);
        variable.put("hide", 0);
        variable.put("skipUrlSync", false);
        variable.put("options", List.of());
        return variable;
    }
}
