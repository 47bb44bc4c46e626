package io.plumbline.pipeline.dashboard;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A Grafana dashboard for chosen probes: what each of them measures, and a part about the cost and state of all.
 *
 * <p>The bargain: it is made of definitions alone and so can be made before the first hit; a probe that is changed later asks for
 * it to be made again. The same title gives the same {@code uid}, so that an import replaces the one before.
 */
public final class ProbeDashboard {
    /** What Grafana 10.3 and later write; older dashboards are brought up to date as they are loaded. */
    private static final int SCHEMA_VERSION = 39;

    private final Look look;
    private final Layout layout = new Layout();

    /**
     * What is not the probes' own.
     *
     * @param title of the dashboard
     * @param dataSource name or uid of the Prometheus data source to begin with
     * @param console address of the console, for links
     */
    public record Look(String title, String dataSource, String console) {}

    private ProbeDashboard(Look look) {
        this.look = look;
    }

    /** @param probes at least one */
    public static Map<String, Object> of(List<Probe> probes, Look look) {
        if (probes.isEmpty()) {
            throw new IllegalArgumentException("a dashboard needs at least one probe");
        }
        ProbeDashboard dashboard = new ProbeDashboard(look);
        probes.forEach(dashboard::probe);
        new CostPanels(probes).addTo(dashboard.layout);
        return settled(dashboard.map(probes));
    }

    /** The same in the same order at each run, so that a file of it changes only where it has to. */
    private static Map<String, Object> settled(Map<?, ?> map) {
        Map<String, Object> settled = map instanceof LinkedHashMap ? new LinkedHashMap<>() : new TreeMap<>();
        map.forEach((name, value) -> settled.put(String.valueOf(name), settledValue(value)));
        return settled;
    }

    private static Object settledValue(Object value) {
        if (value instanceof Map<?, ?> map) {
            return settled(map);
        }
        return value instanceof List<?> list
                ? list.stream().map(ProbeDashboard::settledValue).toList()
                : value;
    }

    private void probe(Probe probe) {
        layout.heading(probe.id() + where(probe));
        probe.span().ifPresent(span -> new SpanPanels(probe, span).addTo(layout));
        probe.metrics().forEach(metric -> new MetricPanels(probe, metric).addTo(layout));
        boolean hasRecords = probe.actions().stream()
                .anyMatch(action -> action instanceof Action.Log || action instanceof Action.Capturing);
        if (hasRecords) {
            layout.add(HitPanels.records(probe), 12, 8);
        }
    }

    private static String where(Probe probe) {
        return probe.span().isPresent() ? "" : " at " + probe.location();
    }

    private Map<String, Object> map(List<Probe> probes) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("uid", "plumb-" + digest(look.title()));
        map.put("title", look.title());
        map.put(
                "description",
                "Made by 'plumb dashboard' for "
                        + String.join(", ", probes.stream().map(Probe::id).toList()));
        map.put("tags", List.of("plumbline"));
        map.put("editable", true);
        map.put("graphTooltip", 1);
        map.put("schemaVersion", SCHEMA_VERSION);
        map.put("version", 1);
        map.put("timezone", "browser");
        map.put("refresh", "10s");
        map.put("time", Map.of("from", "now-30m", "to", "now"));
        map.put("annotations", Map.of("list", List.of()));
        map.put("links", links(probes));
        map.put("templating", Map.of("list", Variables.of(probes, look)));
        map.put("panels", layout.panels());
        return map;
    }

    private static List<Map<String, Object>> links(List<Probe> probes) {
        String ids = String.join(",", probes.stream().map(Probe::id).toList());
        return List.of(
                link("link", "Console", "${console}/console/live?probe=" + ids, true),
                link("dashboards", "Plumbline", "", false));
    }

    private static Map<String, Object> link(String type, String title, String url, boolean isElsewhere) {
        Map<String, Object> link = new LinkedHashMap<>();
        link.put("type", type);
        link.put("title", title);
        link.put("url", url);
        link.put("tooltip", isElsewhere ? "These probes, in Plumbline's console" : "The other dashboards");
        link.put("icon", "external link");
        link.put("targetBlank", isElsewhere);
        link.put("asDropdown", !isElsewhere);
        link.put("includeVars", false);
        link.put("keepTime", !isElsewhere);
        link.put("tags", isElsewhere ? List.of() : List.of("plumbline"));
        return link;
    }

    private static String digest(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
