package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.pipeline.file.ProbeFile;
import io.plumbline.pipeline.file.ProbeYaml;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "export",
        description = {
            "Write probes that are set as YAML, which 'plumb apply' takes back without a change.",
            "",
            "Into a file that is there, only what differs is written: probes that are the same stay letter for letter, and so"
                    + " do comments and order. Probes of the file that are not set stay in it.",
        },
        footer = {
            "",
            "  plumb export                            all that are set, on the screen",
            "  plumb export orders big-charges",
            "  plumb export -f probes.yaml             into a file, for review and version control",
        })
final class ExportCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(
            paramLabel = "ID",
            arity = "0..*",
            description = "Only these, as 'plumb probe list' shows them. Default: all but those that have expired.")
    private List<String> ids = List.of();

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            description = "Where to; by default on the screen.")
    private Path file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        List<Probe> probes = probes(connection.client());
        if (file == null) {
            out.print(probes.isEmpty() ? "# No probes are set.\n" : ProbeYaml.file(probes));
            out.flush();
        } else if (Files.exists(file)) {
            update(out, probes);
        } else {
            write(ProbeYaml.file(probes));
            out.println(Text.safe(file + ": new, with " + Text.count(probes.size(), "probe")));
        }
        return 0;
    }

    private List<Probe> probes(ApiClient client) {
        List<JsonObject> answers = new ArrayList<>();
        if (ids.isEmpty()) {
            answers.addAll(JsonObject.parse(client.get("/probes")).objects("probes"));
            answers.removeIf(probe -> probe.flag("expired"));
        }
        ids.forEach(id -> answers.add(JsonObject.parse(client.get("/probes/" + ApiClient.encoded(id)))));
        return answers.stream()
                .map(answer -> ProbeReader.wire(answer.node("definition")))
                .sorted(Comparator.comparing(Probe::id))
                .distinct()
                .toList();
    }

    private void update(PrintWriter out, List<Probe> probes) {
        ProbeFile.Updated updated;
        try {
            String text = Files.readString(file);
            updated = ProbeFile.read(text, file.toString(), Clock.systemUTC()).update(probes);
            if (!updated.text().equals(text)) {
                write(updated.text());
            }
        } catch (IOException e) {
            throw Failure.badInput("can't read " + file + " as text: " + e.getMessage());
        } catch (InvalidInputException e) {
            throw Failure.badInput(e.getMessage() + "; put it right, or export to another file");
        }
        out.println(Text.safe(file + ": " + updated.changed().size() + " changed, "
                + updated.added().size() + " added, " + updated.same().size() + " as they were"));
        if (ids.isEmpty() && !updated.others().isEmpty()) {
            out.println(Text.safe("not set, and left in the file: " + String.join(", ", updated.others())));
        }
    }

    private void write(String text) {
        try {
            Files.writeString(file, text, UTF_8);
        } catch (IOException e) {
            throw Failure.badInput("can't write " + file + ": " + e.getMessage());
        }
    }
}
