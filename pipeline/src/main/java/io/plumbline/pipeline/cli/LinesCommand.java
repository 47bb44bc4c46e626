package io.plumbline.pipeline.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "lines",
        description = "List the lines of a class that can be probed, and what expressions may name there.",
        footer = {
            "",
            "  plumb lines shop.OrderService            a class, with those nested in it",
            "  plumb lines OrderService.java            every class made from a source file",
            "  plumb lines OrderService --service shop  ask the instances of one service",
        })
final class LinesCommand implements Callable<Integer> {
    private static final List<String> HEADING = List.of("LOCATION", "METHOD", "SITES", "KIND", "VARIABLES");

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "CLASS", description = "A class, its simple name, or a source file.")
    private String type;

    @Option(names = "--service", paramLabel = "NAME", description = "Ask instances of this service.")
    private String service;

    @Option(names = "--instance", paramLabel = "ID", description = "Ask this instance; the start of its id will do.")
    private String instance;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        StringBuilder path = new StringBuilder("/lines?type=" + ApiClient.encoded(type));
        if (service != null) {
            path.append("&service=").append(ApiClient.encoded(service));
        }
        if (instance != null) {
            path.append("&instance=").append(ApiClient.encoded(instance));
        }
        String answer = connection.client().get(path.toString());
        if (json) {
            out.print(answer);
            out.flush();
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject line : JsonObject.parse(answer).objects("lines")) {
            rows.add(List.of(
                    location(line),
                    MethodForm.readable(line.text("method")),
                    line.text("sites"),
                    String.join(", ", line.texts("kinds")),
                    String.join(", ", line.texts("variables"))));
        }
        Text.table(out, HEADING, rows);
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
