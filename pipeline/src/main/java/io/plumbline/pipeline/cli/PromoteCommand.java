package io.plumbline.pipeline.cli;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.pipeline.promote.Library;
import io.plumbline.pipeline.promote.Promotion;
import io.plumbline.pipeline.promote.Scope;
import io.plumbline.pipeline.promote.Snippet;
import io.plumbline.pipeline.promote.SourcePatch;
import io.plumbline.pipeline.promote.SpanSnippets;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "promote",
        description = {
            "Print the permanent line for a probe that has proven useful: Java for a pull request.",
            "",
            "A log becomes a line of SLF4J, a metric one of Micrometer, a span two snippets of OpenTelemetry. Where Java means"
                    + " something else than the probe did, a comment says so. No file is changed.",
        },
        footer = {
            "",
            "  plumb promote big-charges",
            "  plumb promote orders --as opentelemetry",
            "  plumb promote big-charges --source src/main/java | git apply --directory=src/main/java",
        })
final class PromoteCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ID", description = "The probe's id, as 'plumb probe list' shows it.")
    private String id;

    @Option(
            names = "--as",
            paramLabel = "LIBRARY",
            description = "slf4j, micrometer or opentelemetry. Default: what fits the probe.")
    private Library library;

    @Option(
            names = "--source",
            paramLabel = "PATH",
            description =
                    "The source, or a folder of sources: prints a unified diff against it, with paths from that folder.")
    private Path source;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String answer = connection.client().get("/probes/" + ApiClient.encoded(id));
        Probe probe = ProbeReader.wire(JsonObject.parse(answer).node("definition"));
        if (probe.span().isPresent()) {
            spans(out, probe);
        } else if (source == null) {
            print(out, Promotion.of(probe, className(probe.location()), library, Scope.UNKNOWN));
        } else {
            SourceFolder sources = SourceFolder.of(source);
            Path file = sources.of(probe.location());
            SourcePatch patch = SourcePatch.of(probe, library, file, sources.nameOf(file), sources::ofClass);
            out.print(patch.diff());
            out.flush();
            patch.snippet()
                    .remarks()
                    .forEach(remark -> spec.commandLine().getErr().println("check: " + Text.safe(remark)));
        }
        return 0;
    }

    private void spans(PrintWriter out, Probe probe) {
        if (library != null && library != Library.OPENTELEMETRY) {
            throw Failure.badInput(
                    "a span is promoted by opentelemetry; ask for --as opentelemetry, or leave --as out");
        }
        if (source != null) {
            throw Failure.notSo(
                    "a span goes from one place to another, and what carries it there is for a person to decide;"
                            + " leave --source out to see both ends");
        }
        SpanSnippets.of(probe).forEach((place, snippet) -> {
            out.println("// at " + place);
            print(out, snippet);
            out.println();
        });
    }

    private static String className(Location location) {
        String type = location.isFile() ? location.type().replaceFirst("\\.[a-z]+$", "") : location.type();
        String outer = type.replaceFirst("\\$.*", "");
        return outer.substring(outer.lastIndexOf('.') + 1);
    }

    private static void print(PrintWriter out, Snippet snippet) {
        snippet.imports().forEach(name -> out.println("import " + name + ";"));
        part(out, snippet.fields());
        part(out, snippet.commented());
    }

    private static void part(PrintWriter out, List<String> lines) {
        if (!lines.isEmpty()) {
            out.println();
            lines.forEach(out::println);
        }
    }
}
