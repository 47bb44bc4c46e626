package io.plumbline.pipeline.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One panel in the making, in Grafana's words. Not thread-safe.
 *
 * <p>What kinds have in common stands here; a panel that needs more sets it by {@link #option} and {@link #field}.
 */
final class Panel {
    /** The variable that says which data source is meant; every panel asks it. */
    static final Map<String, Object> DATA_SOURCE = Map.of("type", "prometheus", "uid", "${datasource}");

    private static final int FIRST_LETTER = 'A';

    private final String type;
    private final Map<String, Object> map = new LinkedHashMap<>();
    private final List<Map<String, Object>> targets = new ArrayList<>();
    private final Map<String, Object> defaults = new LinkedHashMap<>();
    private final Map<String, Object> options = new LinkedHashMap<>();

    private Panel(String type, String title, String description) {
        this.type = type;
        map.put("type", type);
        map.put("title", title);
        map.put("description", description);
    }

    /** Lines over time. */
    static Panel lines(String title, String description, String unit) {
        Panel panel = new Panel("timeseries", title, description).field("unit", unit);
        panel.field(
                "custom",
                Map.of(
                        "drawStyle",
                        "line",
                        "lineWidth",
                        1,
                        "fillOpacity",
                        8,
                        "showPoints",
                        "never",
                        "spanNulls",
                        false));
        return panel.option(
                        "legend",
                        Map.of(
                                "displayMode",
                                "table",
                                "placement",
                                "bottom",
                                "showLegend",
                                true,
                                "calcs",
                                List.of("lastNotNull", "max")))
                .option("tooltip", Map.of("mode", "multi", "sort", "desc"));
    }

    /** One number, the latest. */
    static Panel number(String title, String description, String unit) {
        return new Panel("stat", title, description)
                .field("unit", unit)
                .option("colorMode", "value")
                .option("graphMode", "none")
                .option("reduceOptions", Map.of("calcs", List.of("lastNotNull"), "fields", "", "values", false));
    }

    /** How many values fell into which bucket over time. */
    static Panel heatMap(String title, String description, String unit) {
        return new Panel("heatmap", title, description)
                .field("unit", unit)
                .option("calculate", false)
                .option("cellGap", 1)
                .option("color", Map.of("mode", "scheme", "scheme", "Oranges", "steps", 64))
                .option("exemplars", Map.of("color", "rgba(255,0,255,0.7)"))
                .option("legend", Map.of("show", true))
                .option("tooltip", Map.of("mode", "single", "yHistogram", true))
                .option("yAxis", Map.of("axisPlacement", "left", "unit", unit));
    }

    static Panel table(String title, String description) {
        return new Panel("table", title, description).option("showHeader", true).option("cellHeight", "sm");
    }

    /** What follows belongs together under a heading. */
    static Panel heading(String title) {
        Panel panel = new Panel("row", title, "");
        panel.map.remove("description");
        panel.map.put("collapsed", false);
        panel.map.put("panels", List.of());
        return panel;
    }

    /** @param legend with {@code {{label}}} in it */
    Panel asks(String query, String legend) {
        Map<String, Object> target = new LinkedHashMap<>();
        target.put("refId", String.valueOf((char) (FIRST_LETTER + targets.size())));
        target.put("datasource", DATA_SOURCE);
        target.put("editorMode", "code");
        target.put("expr", query);
        target.put("legendFormat", legend);
        boolean isNow = type.equals("stat") || type.equals("table");
        target.put("instant", isNow);
        target.put("range", !isNow);
        if (type.equals("table") || type.equals("heatmap")) {
            target.put("format", type);
        }
        targets.add(target);
        return this;
    }

    /** With diamonds of the last query's that lead to traces. */
    Panel withExemplars() {
        targets.get(targets.size() - 1).put("exemplar", true);
        return this;
    }

    Panel field(String name, Object value) {
        defaults.put(name, value);
        return this;
    }

    Panel option(String name, Object value) {
        options.put(name, value);
        return this;
    }

    /** Turns red, or draws a line, from there on. */
    Panel warnsFrom(double value) {
        Map<String, Object> well = new LinkedHashMap<>();
        well.put("color", type.equals("stat") ? "green" : "transparent");
        well.put("value", null);
        return field(
                "thresholds",
                Map.of("mode", "absolute", "steps", List.of(well, Map.of("color", "red", "value", value))));
    }

    /** Leaves columns of a table out. */
    Panel without(String... columns) {
        Map<String, Object> excluded = new LinkedHashMap<>();
        for (String column : columns) {
            excluded.put(column, true);
        }
        map.put(
                "transformations",
                List.of(Map.of(
                        "id",
                        "organize",
                        "options",
                        Map.of("excludeByName", excluded, "renameByName", Map.of("Value", "instances")))));
        return this;
    }

    boolean isHeading() {
        return type.equals("row");
    }

    Map<String, Object> map(int id, Map<String, Object> place) {
        map.put("id", id);
        map.put("gridPos", place);
        if (!isHeading()) {
            map.put("datasource", DATA_SOURCE);
            map.put("targets", targets);
            map.put("fieldConfig", Map.of("defaults", defaults, "overrides", List.of()));
            map.put("options", options);
        }
        return map;
    }
}
