package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Nearest;
import io.plumbline.pipeline.dashboard.ProbeDashboard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "dashboard",
        description = {
            "Make a Grafana dashboard for probes, as JSON for 'Import dashboard'.",
            "",
            "A counter becomes rate and total, a gauge its latest values, a histogram quantiles and a heat map with exemplars, a span"
                    + " the latency of each pair of points; a log, snapshot or exception its hits. Below stands what the probes cost"
                    + " and how they do. Titles, units and descriptions are those of the definitions.",
        },
        footer = {
            "",
            "  plumb dashboard orders charges              on the screen",
            "  plumb dashboard -o shop.json --title Shop   of all probes that are set, into a file",
            "",
            "The same title replaces the dashboard of an earlier import.",
        })
final class DashboardCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(
            paramLabel = "PROBE",
            arity = "0..*",
            description = "These, as 'plumb probe list' shows them. Default: all but those that have expired.")
    private List<String> ids = List.of();

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to, replacing what is there; by default on the screen.")
    private Path file;

    @Option(names = "--title", paramLabel = "TEXT", description = "Title of the dashboard. Default: the probes' ids.")
    private String title;

    @Option(
            names = "--datasource",
            paramLabel = "NAME",
            defaultValue = "plumbline-prometheus",
            description = "Uid or name of Grafana's Prometheus data source; it can be changed in the dashboard."
                    + " Default: ${DEFAULT-VALUE}, as provisioned.")
    private String dataSource;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ApiClient client = connection.client();
        List<Probe> probes = chosen(client);
        String json = Json.writeIndented(
                ProbeDashboard.of(probes, new ProbeDashboard.Look(title(probes), dataSource, client.url())));
        PrintWriter out = spec.commandLine().getOut();
        if (file == null) {
            out.println(json);
        } else {
            write(json + "\n");
            out.println(Text.safe(file + ": a dashboard of " + Text.count(probes.size(), "probe")
                    + "; in Grafana: Dashboards, New, Import"));
        }
        return 0;
    }

    private List<Probe> chosen(ApiClient client) {
        Map<String, JsonObject> known = new LinkedHashMap<>();
        JsonObject.parse(client.get("/probes")).objects("probes").forEach(probe -> known.put(probe.text("id"), probe));
        List<String> unknown = ids.stream().filter(id -> !known.containsKey(id)).toList();
        if (!unknown.isEmpty()) {
            throw Failure.badInput("there is no probe '" + unknown.get(0) + "'"
                    + Nearest.to(unknown.get(0), known.keySet())
                            .map(near -> "; did you mean '" + near + "'?")
                            .orElse(";")
                    + " 'plumb probe list' shows all");
        }
        List<Probe> probes = known.entrySet().stream()
                .filter(entry -> ids.isEmpty() ? !entry.getValue().flag("expired") : ids.contains(entry.getKey()))
                .map(entry -> ProbeReader.wire(entry.getValue().node("definition")))
                .sorted(Comparator.comparing(Probe::id))
                .toList();
        if (probes.isEmpty()) {
            throw Failure.notSo("no probes are set, so there is nothing to show; set one with: plumb probe add");
        }
        return probes;
    }

    private String title(List<Probe> probes) {
        if (title != null && !title.isBlank()) {
            return title.strip();
        }
        return ids.isEmpty()
                ? "Plumbline: all probes"
                : "Plumbline: "
                        + String.join(", ", probes.stream().map(Probe::id).toList());
    }

    private void write(String text) {
        try {
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw Failure.badInput("can't write " + file + ": " + e.getMessage());
        }
    }
}
