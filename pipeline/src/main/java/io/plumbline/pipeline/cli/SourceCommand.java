package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.util.HashSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "source",
        description = "Show the source of a running class, and which of its lines can be probed.",
        footer = {
            "",
            "  plumb source shop.OrderService          all of it",
            "  plumb source shop.OrderService:118      the lines around one",
            "",
            "A * stands at lines that can be probed, a ? at those whose code stands elsewhere in a decompiled",
            "text. 'plumb up --set control.source.folders=DIR' (or git, jars) says where sources are.",
        })
final class SourceCommand extends AskCommand {
    private static final int AROUND = 10;

    @Parameters(paramLabel = "CLASS[:LINE]", description = "A class by its full name; 'plumb classes' finds one.")
    private String location;

    @Option(names = "--service", paramLabel = "NAME", description = "Ask instances of this service.")
    private String service;

    @Option(names = "--instance", paramLabel = "ID", description = "Ask this instance; the start of its id will do.")
    private String instance;

    @Override
    String path() {
        return "/source?class=" + ApiClient.encoded(location.replaceFirst(":.*", ""))
                + ClassesCommand.whose(service, instance);
    }

    @Override
    int print(PrintWriter out, JsonObject answer) {
        String[] text = answer.text("text").split("\\r?\\n", -1);
        int count = text.length > 0 && text[text.length - 1].isEmpty() ? text.length - 1 : text.length;
        int line = line();
        if (line > count) {
            throw Failure.notSo(
                    "the source of " + answer.text("class") + " has " + count + " lines, and no line " + line);
        }
        out.println(Text.safe(heading(answer)));
        Set<Long> probed = new HashSet<>();
        answer.objects("lines").forEach(each -> probed.add(each.number("line")));
        Set<String> unplaced = new HashSet<>(answer.texts("unplaced"));
        int from = line == 0 ? 1 : Math.max(1, line - AROUND);
        int to = line == 0 ? count : Math.min(count, line + AROUND);
        int width = String.valueOf(to).length();
        for (int i = from; i <= to; i++) {
            String mark = unplaced.contains(String.valueOf(i)) ? "?" : probed.contains((long) i) ? "*" : " ";
            String shown = String.format(
                    "%s%" + width + "d %s  %s", i == line ? ">" : " ", i, mark, text[i - 1].replace("\t", "    "));
            out.println(Text.safe(shown).stripTrailing());
        }
        return 0;
    }

    private int line() {
        int colon = location.indexOf(':');
        if (colon < 0) {
            return 0;
        }
        String given = location.substring(colon + 1);
        if (!given.matches("[1-9][0-9]{0,6}")) {
            throw Failure.badInput("write CLASS or CLASS:LINE, as in shop.OrderService:118; this is " + location);
        }
        return Integer.parseInt(given);
    }

    private static String heading(JsonObject answer) {
        JsonObject origin = answer.object("origin");
        StringBuilder heading = new StringBuilder(answer.text("class"))
                .append(", ")
                .append(origin.text("kind"))
                .append(": ")
                .append(origin.text("where"));
        if (origin.has("commit")) {
            heading.append(" as of ").append(origin.text("commit"));
        }
        if (answer.has("mismatch")) {
            heading.append("; NOT WHAT RUNS, IT SEEMS: ")
                    .append(answer.object("mismatch").text("detail"));
        }
        return heading.toString();
    }
}
