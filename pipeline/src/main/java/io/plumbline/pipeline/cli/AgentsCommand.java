package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "agents",
        description = "List the JVMs that run with our agent.",
        footer = {
            "",
            "  plumb agents                those that report",
            "  plumb agents --labels       with all labels that --on can name",
            "  plumb agents --all --json   also those that have gone, for a program",
            "",
            "PAUSES says how often the program stood still while its classes were changed, and for how long at most.",
            "REFUSED counts definitions and requests that an agent with trusted keys did not take, by cause.",
        })
final class AgentsCommand extends AskCommand {
    private static final List<String> HEADING = List.of(
            "INSTANCE",
            "SERVICE",
            "VERSION",
            "ENVIRONMENT",
            "HOST",
            "PID",
            "STATE",
            "HEARD",
            "PAUSES",
            "DROPPED",
            "REFUSED");

    @Option(names = "--all", description = "Also instances that have ended or are not heard of any more.")
    private boolean all;

    @Option(names = "--labels", description = "All labels of each, those found out by itself included.")
    private boolean labelled;

    @Override
    String path() {
        return "/instances";
    }

    @Override
    int print(PrintWriter out, JsonObject answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject instance : answer.objects("instances")) {
            if (all || instance.flag("alive")) {
                rows.add(row(instance));
            }
        }
        if (labelled && !rows.isEmpty()) {
            printLabels(out, answer.objects("instances"));
            return 0;
        }
        if (rows.isEmpty()) {
            out.println("No JVM runs with the agent. Load it into one: " + Folders.launcher() + " attach PID");
        } else {
            Text.table(out, HEADING, rows);
        }
        return 0;
    }

    private void printLabels(PrintWriter out, List<JsonObject> instances) {
        for (JsonObject instance : instances) {
            if (all || instance.flag("alive")) {
                out.println(Text.safe(instance.text("id")));
                instance.object("labels")
                        .texts()
                        .forEach((name, value) -> out.println(Text.safe("  " + name + "=" + value)));
            }
        }
    }

    private static List<String> row(JsonObject instance) {
        JsonObject labels = instance.object("labels");
        long heard = instance.number("heardMillisAgo");
        return List.of(
                instance.text("id"),
                labels.text("service"),
                labels.text("version"),
                labels.text("environment"),
                labels.text("host"),
                labels.text("pid"),
                state(instance),
                Text.roughly(Duration.ofMillis(heard)) + " ago",
                pauses(instance.object("pauses")),
                instance.object("dropped").pairs(),
                instance.object("refused").pairs());
    }

    /** How often the program stood still for its classes to be changed, and for how long at most. */
    private static String pauses(JsonObject pauses) {
        long batches = pauses.number("batches");
        long longest = TimeUnit.NANOSECONDS.toMillis(pauses.number("longestNanos"));
        return batches == 0 ? "none" : batches + ", longest " + Math.max(1, longest) + " ms";
    }

    private static String state(JsonObject instance) {
        if (!instance.flag("running")) {
            return "ended";
        }
        if (!instance.flag("alive")) {
            return "gone";
        }
        return instance.flag("off") ? "off" : "on";
    }
}
