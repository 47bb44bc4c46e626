package io.plumbline.pipeline.mcp;

import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Tools that say where a probe can be set: services, and lines of a class. */
final class PlaceTools {
    private static final int MAX_LINES = 60;
    private static final int MAX_INSTANCES = 20;
    private static final List<String> LABELS = List.of("environment", "version", "commit", "host");

    private final ControlApi api;

    PlaceTools(ControlApi api) {
        this.api = api;
    }

    List<SyncToolSpecification> all() {
        return List.of(
                Tool.reading(
                                "list_services",
                                "List the running services that probes can be set in, with their instances. Call this first: other"
                                        + " tools take the service names from here.")
                        .does(arguments -> services()),
                Tool.reading(
                                "list_lines",
                                "List the lines of a class where a probe can be set, with the variables in scope at each. Call this"
                                        + " before set_probe: the running class may differ from the source you see. The class must"
                                        + " have been loaded by the program.")
                        .needs(
                                "class",
                                "Full or simple class name (shop.OrderService), or a source file (OrderService.java).")
                        .takes("service", "Ask instances of this service only, a name from list_services.")
                        .takesNumber(
                                "near", 1, 1_000_000, "Show the lines nearest to this one; without it, the first ones.")
                        .does(this::lines));
    }

    private Map<String, Object> services() {
        Map<String, List<Map<String, Object>>> services = new TreeMap<>();
        for (Values each : Values.parse(api.get("/instances")).objects("instances")) {
            if (each.flag("alive")) {
                Values labels = each.object("labels");
                Map<String, Object> instance = new LinkedHashMap<>();
                instance.put("instance", labels.text("instance").orElse(""));
                LABELS.forEach(label -> labels.text(label).ifPresent(value -> instance.put(label, value)));
                services.computeIfAbsent(labels.text("service").orElse(""), any -> new ArrayList<>())
                        .add(instance);
            }
        }
        List<Map<String, Object>> answer = new ArrayList<>();
        services.forEach((name, instances) -> {
            Map<String, Object> service = new LinkedHashMap<>();
            service.put("service", name);
            service.put("running", instances.size());
            service.put("instances", instances.stream().limit(MAX_INSTANCES).toList());
            answer.add(service);
        });
        return Map.of(
                "services",
                answer,
                "next",
                answer.isEmpty()
                        ? "nothing runs under Plumbline's agent; ask a person to start a program with it: plumb attach PID --service"
                                + " NAME"
                        : "call list_lines with a class of one of them");
    }

    private Map<String, Object> lines(Values arguments) {
        String path = "/lines?type=" + Links.encoded(arguments.required("class"))
                + arguments
                        .text("service")
                        .map(name -> "&service=" + Links.encoded(name))
                        .orElse("");
        Values answer = Values.parse(api.get(path));
        List<Values> lines = answer.objects("lines");
        int near = arguments.number("near", 0, 0, Integer.MAX_VALUE);
        List<Map<String, Object>> shown = lines.stream()
                .sorted(Comparator.comparingInt(
                        line -> near == 0 ? 0 : Math.abs(line.number("line", 0, 0, Integer.MAX_VALUE) - near)))
                .limit(MAX_LINES)
                .map(PlaceTools::line)
                .toList();
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("asked", answer.text("instance").orElse(""));
        said.put("lines", shown);
        said.put("left_out", lines.size() - shown.size());
        said.put(
                "next",
                "give 'at' of one of them to set_probe"
                        + (lines.size() > shown.size() ? "; 'near' shows other lines" : ""));
        return said;
    }

    private static Map<String, Object> line(Values line) {
        Map<String, Object> said = new LinkedHashMap<>();
        String kind = line.get("kinds") instanceof List<?> kinds && !kinds.isEmpty()
                ? kinds.get(0).toString()
                : "statement";
        String type = line.text("class").orElse("");
        String method = line.text("method").orElse("");
        int paren = method.indexOf('(');
        String place = type + "#" + (paren < 0 ? method : method.substring(0, paren));
        said.put(
                "at",
                switch (kind) {
                    case "entry", "exit", "throw", "catch" -> place + ":" + kind;
                    case "exception-exit" -> place + ":exception";
                    default -> type + ":" + line.text("line").orElse("");
                });
        said.put("method", method);
        said.put("variables", line.get("variables"));
        return said;
    }
}
