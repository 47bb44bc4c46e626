package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "exporters",
        description = "List the exporters of all processes: what they delivered, passed over or lost, and what waits.",
        footer = {
            "",
            "  plumb exporters          LAG is in Kafka records, each of many signals",
            "  plumb exporters --processes   a row for each process that runs one",
            "  plumb exporters --json   with the numbers of each probe",
            "",
            "Counts are since their process started. One that ends in order leaves the list; one that is killed is",
            "silent, its partitions are others' after ten seconds, and after ten minutes it is forgotten.",
            "",
            "What was lost is kept for a week: plumb deadletters list",
        })
final class ExportersCommand extends AskCommand {
    private static final List<String> NUMBERS =
            List.of("DELIVERED", "PER SECOND", "FILTERED", "RETRIED", "LOST", "LAG", "LAST ERROR", "OPEN");

    @Option(names = "--processes", description = "A row for each process.")
    private boolean processes;

    @Override
    String path() {
        return "/exporters";
    }

    @Override
    int print(PrintWriter out, JsonObject answer) {
        List<JsonObject> exporters = answer.objects("exporters");
        if (processes) {
            Text.table(
                    out,
                    heading("PROCESS", "STATE"),
                    exporters.stream()
                            .flatMap(exporter -> exporter.objects("processes").stream()
                                    .map(process -> row(exporter, process, processName(process), state(process))))
                            .toList());
        } else {
            Text.table(
                    out,
                    heading("STATE", "PROCESSES"),
                    exporters.stream()
                            .map(exporter -> row(exporter, exporter, exporter.text("state"), processes(exporter)))
                            .toList());
        }
        return 0;
    }

    private static List<String> heading(String second, String third) {
        List<String> heading = new ArrayList<>(List.of("EXPORTER", second, third));
        heading.addAll(NUMBERS);
        return heading;
    }

    /** @param numbers the exporter in all, or one of its processes */
    private static List<String> row(JsonObject exporter, JsonObject numbers, String second, String third) {
        return List.of(
                exporter.text("name"),
                second,
                third,
                numbers.object("delivered").pairs(),
                numbers.text("perSecond"),
                numbers.text("filtered"),
                numbers.text("retried"),
                dash(numbers.object("lost").pairs()),
                numbers.text("lag"),
                dash(numbers.text("lastError")),
                dash(numbers.object("links").pairs()));
    }

    /** {@code 3}, or {@code 3, 1 silent for 42s}. */
    private static String processes(JsonObject exporter) {
        List<JsonObject> all = exporter.objects("processes");
        List<JsonObject> silent =
                all.stream().filter(process -> process.flag("silent")).toList();
        String words = silent.isEmpty() ? "" : ", " + silent.size() + " " + silence(silent.get(0));
        return all.size() + words;
    }

    private static String processName(JsonObject process) {
        return process.text("host") + ":" + process.text("pid");
    }

    private static String state(JsonObject process) {
        return process.flag("silent") ? silence(process) : process.text("state");
    }

    private static String silence(JsonObject process) {
        return "silent for " + Text.roughly(Duration.ofMillis(process.number("heardMillisAgo")));
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
