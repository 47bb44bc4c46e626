package io.plumbline.pipeline.cli;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.WrittenForm;
import io.plumbline.pipeline.file.ProbeYaml;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "diff",
        description = {
            "Show what 'plumb apply' would change, key by key, and change nothing.",
            "",
            "- is what is set, + is what the files say. Exit code: 0 when all is set as they say; 1 when something differs.",
        },
        footer = {
            "",
            "  plumb diff -f probes.yaml",
            "  plumb diff -f probes.yaml || plumb apply -f probes.yaml",
        })
final class DiffCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(
            names = {"-f", "--file"},
            paramLabel = "FILE",
            required = true,
            description = "A file of one or more probes; - for standard input. May be given several times.")
    private List<String> files;

    @Mixin
    private SetOptions set;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        ApiClient client = connection.client();
        String answer =
                JoinedFiles.read(files, System.in).send(new Submission(client, out), "&dryRun=true" + set.query());
        List<JsonObject> changes = JsonObject.parse(answer).objects("probes");
        long differing = changes.stream()
                .filter(change -> !change.text("change").equals("unchanged"))
                .peek(change -> print(out, client, change))
                .count();
        out.println(
                differing == 0
                        ? Text.count(changes.size(), "probe") + " set as the files say"
                        : differing + " of " + Text.count(changes.size(), "probe") + " would change");
        return differing == 0 ? 0 : Failure.NOT_SO;
    }

    private static void print(PrintWriter out, ApiClient client, JsonObject change) {
        Probe after = ProbeReader.wire(change.node("probe"));
        if (change.text("change").equals("removed")) {
            out.println("removed " + after.id());
            WrittenForm.map(after).forEach((key, value) -> print(out, "-", key, value));
            return;
        }
        if (change.text("change").equals("created")) {
            out.println("new " + after.id());
            WrittenForm.map(after).forEach((key, value) -> print(out, "+", key, value));
            return;
        }
        JsonObject present = JsonObject.parse(client.get("/probes/" + ApiClient.encoded(after.id())));
        Map<String, Object> was = WrittenForm.map(ProbeReader.wire(present.node("definition")));
        Map<String, Object> willBe = WrittenForm.map(after);
        out.println("changed " + after.id() + " (version " + present.text("version") + " is set)");
        if (was.equals(willBe)) {
            out.println("  the same, but it is " + (present.flag("expired") ? "expired" : "taken back")
                    + "; it would be set anew");
        }
        Set<String> keys = new LinkedHashSet<>(was.keySet());
        keys.addAll(willBe.keySet());
        for (String key : keys) {
            if (!willBe.containsKey(key) || !willBe.get(key).equals(was.get(key))) {
                print(out, "-", key, was.get(key));
                print(out, "+", key, willBe.get(key));
            }
        }
    }

    private static void print(PrintWriter out, String sign, String key, Object value) {
        if (value != null) {
            ProbeYaml.entry(key, value).lines().forEach(line -> out.println(Text.safe("  " + sign + " " + line)));
        }
    }
}
