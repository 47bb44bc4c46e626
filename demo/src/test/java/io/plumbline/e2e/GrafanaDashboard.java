package io.plumbline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A dashboard as Grafana reads it: variables are filled from Prometheus in their order, and put into the panels' queries. */
final class GrafanaDashboard {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?([a-zA-Z_]\\w*)}?");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.*), (\\w+)\\)");

    private final JsonNode json;
    private final PrometheusServer prometheus;
    private final Map<String, List<String>> values = new HashMap<>();

    /** One query of a panel, ready to be asked. */
    record Query(String panel, String promql, boolean hasExemplars) {}

    GrafanaDashboard(JsonNode json, PrometheusServer prometheus) {
        this.json = json;
        this.prometheus = prometheus;
    }

    String title() {
        return json.get("title").asText();
    }

    /** Asks for the variables' values; returns those that have none. */
    List<String> fill(Map<String, String> chosen) throws IOException, InterruptedException {
        values.clear();
        // as Grafana has it where Prometheus is scraped each second, with some room
        values.put("__rate_interval", List.of("20s"));
        values.put("__range", List.of("1m"));
        List<String> empty = new ArrayList<>();
        for (JsonNode variable : json.at("/templating/list")) {
            String name = variable.get("name").asText();
            if (variable.get("type").asText().equals("query")) {
                List<String> found = found(variable);
                if (found.isEmpty()) {
                    empty.add(name + ": " + variable.get("definition").asText());
                }
                boolean isMulti = variable.get("multi").asBoolean();
                values.put(name, isMulti || found.isEmpty() ? found : List.of(chosen.getOrDefault(name, found.get(0))));
            }
        }
        return empty;
    }

    private List<String> found(JsonNode variable) throws IOException, InterruptedException {
        String definition = replaced(variable.get("definition").asText());
        Matcher parts = LABEL_VALUES.matcher(definition);
        if (!parts.matches()) {
            throw new AssertionError("a variable is not made by label_values: " + definition);
        }
        List<String> all = prometheus.labelValues(parts.group(1), parts.group(2));
        String regex = variable.path("regex").asText().replaceAll("^/|/$", "");
        return regex.isEmpty()
                ? all
                : all.stream()
                        .map(Pattern.compile(regex)::matcher)
                        .filter(Matcher::matches)
                        .map(matcher -> matcher.group(1))
                        .toList();
    }

    /** Of all panels; one that repeats comes once for each value. */
    List<Query> queries() {
        List<Query> all = new ArrayList<>();
        for (JsonNode panel : json.get("panels")) {
            String repeat = panel.path("repeat").asText();
            for (String value : repeat.isEmpty() ? List.of("") : List.copyOf(values.get(repeat))) {
                List<String> kept = repeat.isEmpty() ? null : values.put(repeat, List.of(value));
                for (JsonNode target : panel.path("targets")) {
                    all.add(new Query(
                            panel.get("title").asText() + (value.isEmpty() ? "" : " " + value),
                            replaced(target.get("expr").asText()),
                            target.path("exemplar").asBoolean()));
                }
                if (kept != null) {
                    values.put(repeat, kept);
                }
            }
        }
        return all;
    }

    private String replaced(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(values.get(match.group(1)).stream()
                        .map(value -> value.replace(".", "\\\\."))
                        .collect(Collectors.joining("|"))));
    }
}
