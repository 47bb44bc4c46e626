package io.plumbline.pipeline.mcp;

import io.plumbline.config.probe.Recipients;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;

/** Makes a probe's definition of a tool's arguments. */
final class ProbeForm {
    static final List<String> KINDS = List.of("snapshot", "log", "count", "histogram", "exception");

    private static final int METRIC_HITS = 100_000;
    private static final int METRIC_SERIES = 50;
    private static final int MAX_NAME = 60;

    private ProbeForm() {}

    static Map<String, Object> probe(Values arguments) {
        String at = arguments.required("at");
        String kind = arguments.required("kind");
        String id = id(at.replaceAll(".*[.$](?=[A-Z])", "") + "-" + kind);
        Map<String, Object> probe = new LinkedHashMap<>();
        probe.put("id", id);
        probe.put("at", at);
        arguments.text("condition").ifPresent(condition -> probe.put("if", condition));
        boolean isMetric = kind.equals("count") || kind.equals("histogram");
        probe.put(
                kind,
                isMetric ? metric(arguments, kind, id) : kind.equals("log") ? log(arguments) : capture(arguments));
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("hits", isMetric ? METRIC_HITS : arguments.number("hits", 10, 1, 10_000));
        if (isMetric) {
            limits.put("series", METRIC_SERIES);
        }
        return finished(probe, arguments, limits);
    }

    static Map<String, Object> span(Values arguments) {
        String from = arguments.required("from");
        Map<String, Object> probe = new LinkedHashMap<>();
        probe.put("id", id(from.replaceAll(".*[.$](?=[A-Z])", "") + "-span"));
        Map<String, Object> points = new LinkedHashMap<>();
        points.put("A", point(from, arguments, "from_service"));
        points.put("B", point(arguments.required("to"), arguments, "to_service"));
        Map<String, Object> span = new LinkedHashMap<>();
        arguments.text("by").ifPresent(by -> span.put("by", by));
        span.put("points", points);
        probe.put("span", span);
        return finished(probe, arguments, Map.of("hits", arguments.number("hits", 50, 1, 10_000)));
    }

    private static Map<String, Object> finished(
            Map<String, Object> probe, Values arguments, Map<String, Object> limits) {
        Map<String, Object> on = new LinkedHashMap<>();
        for (String label : List.of("service", "environment", "instance")) {
            arguments.text(label).ifPresent(value -> on.put(label, value));
        }
        if (!on.isEmpty()) {
            probe.put("on", on);
        }
        probe.put("limits", limits);
        probe.put("for", arguments.number("minutes", 15, 1, 60) + "m");
        probe.put("to", List.of(Recipients.NOBODY));
        return probe;
    }

    private static Object log(Values arguments) {
        return arguments
                .text("message")
                .orElseThrow(() -> new ControlApi.Refused(
                        "a log probe needs 'message', such as \"order {order.id} total {total}\""));
    }

    private static Map<String, Object> capture(Values arguments) {
        Map<String, Object> capture = new LinkedHashMap<>();
        if (!arguments.object("watch").map().isEmpty()) {
            capture.put("watch", arguments.object("watch").map());
        }
        return capture;
    }

    private static Map<String, Object> metric(Values arguments, String kind, String id) {
        Map<String, Object> metric = new LinkedHashMap<>();
        metric.put("name", "assistant." + id.replaceAll("[^a-z0-9]+", "_"));
        if (kind.equals("histogram") && !arguments.has("value")) {
            throw new ControlApi.Refused("a histogram needs 'value', an expression of a number, such as order.total");
        }
        arguments.text("value").ifPresent(value -> metric.put("value", value));
        if (!arguments.object("labels").map().isEmpty()) {
            metric.put("labels", arguments.object("labels").map());
        }
        return metric;
    }

    private static Object point(String at, Values arguments, String key) {
        return arguments
                .text(key)
                .<Object>map(service -> Map.of("at", at, "on", Map.of("service", service)))
                .orElse(at);
    }

    /** One that no other probe is likely to have. */
    private static String id(String what) {
        String name =
                what.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+", "");
        String brief = name.length() > MAX_NAME ? name.substring(name.length() - MAX_NAME) : name;
        return "ai-" + brief + "-"
                + Integer.toHexString(0x1000 + ThreadLocalRandom.current().nextInt(0xf000));
    }
}
