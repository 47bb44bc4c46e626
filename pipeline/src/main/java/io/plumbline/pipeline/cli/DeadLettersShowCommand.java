package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Node;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "show",
        description = "Show a dead letter: who gave up on it and why, and the signal itself.",
        footer = {"", "  plumb deadletters show 0-17", "  plumb deadletters show 0-17 --json"})
final class DeadLettersShowCommand extends AskCommand {
    @Parameters(paramLabel = "ID", description = "The letter's id, as 'plumb deadletters list' shows it.")
    private String id;

    @Override
    String path() {
        return "/deadletters/" + ApiClient.encoded(id);
    }

    @Override
    int print(PrintWriter out, JsonObject letter) {
        head(out, letter);
        letter.objects("signals").forEach(signal -> signal(out, signal));
        if (letter.has("raw")) {
            line(out, "content", letter.text("bytes") + " bytes: " + letter.text("note"));
            line(
                    out,
                    "in hex",
                    letter.text("raw")
                            + (letter.number("bytes") > letter.text("raw").length() / 2 ? "…" : ""));
        } else if (!letter.flag("replayed")) {
            line(out, "again", Folders.launcher() + " deadletters replay " + letter.text("id"));
        }
        return 0;
    }

    private static void head(PrintWriter out, JsonObject letter) {
        line(out, "letter", letter.text("id") + (letter.flag("replayed") ? ", sent again" : ""));
        line(
                out,
                "given up",
                DeadLettersListCommand.TIME.format(Instant.ofEpochMilli(letter.number("time"))) + " by "
                        + letter.text("exporter") + ", attempt " + letter.text("attempts"));
        line(out, "cause", letter.text("cause"));
        line(out, "reason", letter.text("reason"));
        List<String> indices = letter.texts("indices");
        line(
                out,
                "from",
                letter.text("topic") + ", partition " + letter.text("partition") + ", offset " + letter.text("offset")
                        + (indices.isEmpty() ? "" : ", signal " + String.join(", ", indices)));
        line(out, "probe", letter.text("probe"));
    }

    private static void signal(PrintWriter out, JsonObject signal) {
        out.println();
        line(out, signal.text("kind"), said(signal));
        line(out, "at", Instant.ofEpochMilli(signal.number("time")).toString());
        line(out, "trace", signal.text("traceId"));
        line(out, "span", signal.text("spanId"));
        line(out, "parent", signal.text("parentSpanId"));
        values(out, "attribute", signal.object("attributes"));
        values(out, "resource", signal.object("resource"));
    }

    private static String said(JsonObject signal) {
        return switch (signal.text("kind")) {
            case "log" -> (signal.text("severity") + " " + signal.text("body")).strip();
            case "span" -> signal.text("name") + " " + signal.text("duration");
            default -> metric(signal);
        };
    }

    private static String metric(JsonObject signal) {
        String unit = signal.text("unit").isEmpty() ? "" : " " + signal.text("unit");
        String value = signal.text("type").equals("histogram")
                ? "count=" + signal.text("count") + " sum=" + signal.text("sum") + " buckets=" + signal.texts("buckets")
                        + " up to " + signal.texts("bounds")
                : signal.text("value");
        return signal.text("name") + " (" + signal.text("type") + ") " + value + unit;
    }

    private static void values(PrintWriter out, String name, JsonObject values) {
        values.nodes().forEach((key, value) -> line(out, name, key + "=" + text(value)));
    }

    private static String text(Node value) {
        if (value instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        if (value instanceof Node.Sequence sequence) {
            return sequence.items().stream()
                    .map(DeadLettersShowCommand::text)
                    .toList()
                    .toString();
        }
        List<String> pairs = new ArrayList<>();
        ((Node.Mapping) value).entries().forEach((key, each) -> pairs.add(key + "=" + text(each)));
        return pairs.stream().collect(Collectors.joining(", ", "{", "}"));
    }

    private static void line(PrintWriter out, String name, String value) {
        if (!value.isEmpty()) {
            out.printf("%-10s %s%n", name, Text.safe(value));
        }
    }
}
