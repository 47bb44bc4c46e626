package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "classes",
        description = "Find classes that run and can be probed, by their names.",
        footer = {
            "",
            "  plumb classes OrSe              OrderService, by the beginnings of its humps",
            "  plumb classes shop.Ord          with its package",
            "  plumb classes                   the application's own",
        })
final class ClassesCommand extends AskCommand {
    private static final List<String> HEADING = List.of("CLASS", "FILE", "KIND", "ORIGIN", "FOUND BY", "LOADER");

    @Parameters(paramLabel = "TEXT", arity = "0..1", defaultValue = "", description = "A name or a part of one.")
    private String text;

    @Option(names = "--service", paramLabel = "NAME", description = "Ask an instance of this service.")
    private String service;

    @Option(names = "--instance", paramLabel = "ID", description = "Ask this instance; the start of its id will do.")
    private String instance;

    @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "At most so many (50).")
    private int limit;

    @Override
    String path() {
        return "/classes?q=" + ApiClient.encoded(text) + "&limit=" + limit + whose(service, instance);
    }

    /** The end of a query that says who is asked. */
    static String whose(String service, String instance) {
        return (service == null ? "" : "&service=" + ApiClient.encoded(service))
                + (instance == null ? "" : "&instance=" + ApiClient.encoded(instance));
    }

    @Override
    int print(PrintWriter out, JsonObject answer) {
        List<JsonObject> classes = answer.objects("classes");
        if (classes.isEmpty()) {
            throw Failure.notSo("no loaded class that can be probed is called like '" + text
                    + "'; let the program use it first, or write less of its name");
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject each : classes) {
            rows.add(List.of(
                    each.text("name"),
                    each.text("file"),
                    each.text("kind"),
                    each.text("origin"),
                    each.text("match"),
                    each.text("loader")));
        }
        Text.table(out, HEADING, rows);
        long count = answer.number("count");
        if (count > classes.size()) {
            out.println((count - classes.size()) + " more; write more of the name, or --limit " + count);
        }
        return 0;
    }
}
