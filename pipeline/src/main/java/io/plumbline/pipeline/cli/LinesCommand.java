package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Nearest;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "lines",
        description = "List the lines of a class that can be probed, and what expressions may name there.",
        footer = {
            "",
            "  plumb lines shop.OrderService            a class, with those nested in it",
            "  plumb lines OrderService.java            every class made from a source file",
            "  plumb lines OrderService:118             this line alone",
            "  plumb lines OrderService --service shop  ask the instances of one service",
        })
final class LinesCommand extends AskCommand {
    private static final List<String> HEADING = List.of("LOCATION", "METHOD", "SITES", "KIND", "VARIABLES");

    /** The line that is asked for, behind a colon. */
    private static final Pattern LINE = Pattern.compile("(.+):(\\d{1,9})");

    @Parameters(
            paramLabel = "CLASS",
            description = "A class, its simple name, or a source file; with :LINE behind it, that line alone.")
    private String type;

    @Option(names = "--service", paramLabel = "NAME", description = "Ask instances of this service.")
    private String service;

    @Option(names = "--instance", paramLabel = "ID", description = "Ask this instance; the start of its id will do.")
    private String instance;

    @Option(names = "--source", paramLabel = "FILE", description = "Say whether this source file is what runs.")
    private Path source;

    @Override
    String path() {
        Matcher one = LINE.matcher(type);
        StringBuilder path = new StringBuilder("/lines?type=" + ApiClient.encoded(one.matches() ? one.group(1) : type));
        if (service != null) {
            path.append("&service=").append(ApiClient.encoded(service));
        }
        if (instance != null) {
            path.append("&instance=").append(ApiClient.encoded(instance));
        }
        return path.toString();
    }

    @Override
    int print(PrintWriter out, JsonObject answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject line : wanted(answer.objects("lines"))) {
            rows.add(List.of(
                    location(line),
                    MethodForm.readable(line.text("method")),
                    line.text("sites"),
                    String.join(", ", line.texts("kinds")),
                    String.join(", ", line.texts("variables"))));
        }
        Text.table(out, HEADING, rows);
        return source == null ? 0 : compare(out, answer);
    }

    private List<JsonObject> wanted(List<JsonObject> lines) {
        Matcher one = LINE.matcher(type);
        if (!one.matches()) {
            return lines;
        }
        List<JsonObject> found = lines.stream()
                .filter(line -> line.text("line").equals(one.group(2)))
                .toList();
        if (found.isEmpty()) {
            SortedSet<Integer> all = lines.stream()
                    .map(line -> Integer.parseInt(line.text("line")))
                    .filter(line -> line > 0)
                    .collect(Collectors.toCollection(TreeSet::new));
            throw Failure.notSo("no code at line " + one.group(2) + " of " + one.group(1) + "; nearest: "
                    + Nearest.lines(all, Integer.parseInt(one.group(2))));
        }
        return found;
    }

    private int compare(PrintWriter out, JsonObject answer) {
        SourceFile.Answer compared = SourceFile.read(source).compare(answer);
        if (!compared.difference().isEmpty()) {
            throw Failure.notSo(compared.difference());
        }
        out.println(
                compared.same()
                        ? source + " is what runs: the running program has the same file with its classes"
                        : "nothing in " + source + " differs from what runs, by its lines");
        return 0;
    }

    /** What a probe's {@code at} would say. */
    private static String location(JsonObject line) {
        List<String> kinds = line.texts("kinds");
        String spot = kinds.isEmpty() ? "statement" : kinds.get(0);
        String place = line.text("class") + "#" + line.text("method").replaceFirst("\\(.*", "");
        return switch (spot) {
            case "entry", "exit", "throw", "catch" -> place + ":" + spot;
            case "exception-exit" -> place + ":exception";
            default -> (line.text("file").isEmpty() ? line.text("class") : line.text("file")) + ":" + line.text("line");
        };
    }
}
