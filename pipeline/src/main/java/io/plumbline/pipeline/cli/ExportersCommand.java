package io.plumbline.pipeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "exporters",
        description = "List the exporters: what they delivered, passed over or lost, and what waits.",
        footer = {
            "",
            "  plumb exporters          LAG is in Kafka records, each of many signals",
            "  plumb exporters --json   with the numbers of each probe",
            "",
            "What was lost is kept for a week: plumb deadletters list",
        })
final class ExportersCommand implements Callable<Integer> {
    private static final List<String> HEADING =
            List.of("EXPORTER", "STATE", "DELIVERED", "FILTERED", "RETRIED", "LOST", "LAG", "LAST ERROR", "OPEN");

    @Mixin
    private Connection connection;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        String answer = connection.client().get("/exporters");
        if (json) {
            out.print(answer);
            out.flush();
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject exporter : JsonObject.parse(answer).objects("exporters")) {
            rows.add(List.of(
                    exporter.text("name"),
                    exporter.text("state"),
                    exporter.object("delivered").pairs(),
                    exporter.text("filtered"),
                    exporter.text("retried"),
                    dash(exporter.object("lost").pairs()),
                    exporter.text("lag"),
                    dash(exporter.text("lastError")),
                    dash(exporter.object("links").pairs())));
        }
        Text.table(out, HEADING, rows);
        return 0;
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
