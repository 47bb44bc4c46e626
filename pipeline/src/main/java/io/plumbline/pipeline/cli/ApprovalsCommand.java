package io.plumbline.pipeline.cli;

import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import io.plumbline.config.probe.WrittenForm;
import io.plumbline.pipeline.file.ProbeYaml;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "approvals",
        description = {
            "List the probes that wait for approval, or show one.",
            "",
            "Rules of the control plane ask for it (control.approval.NAME). Somebody with the role approver decides, with"
                    + " another token than the one that asked.",
        },
        footer = {
            "",
            "  plumb approvals                    what waits",
            "  plumb approvals --all              also what was decided or expired within a week",
            "  plumb approvals cart-118@1f9a03bc  the whole definition",
        })
final class ApprovalsCommand extends AskCommand {
    private static final List<String> HEADING = List.of("ID", "STATE", "LEFT", "ASKED BY", "RULE", "AT", "DOES");

    @Parameters(paramLabel = "ID", arity = "0..1", description = "The request's id, or its probe's.")
    private String id;

    @Option(names = "--all", description = "Also what does not wait any more.")
    private boolean all;

    @Override
    String path() {
        return "/approvals" + (id == null ? "?all=" + all : "/" + ApiClient.encoded(id));
    }

    @Override
    int print(PrintWriter out, JsonObject answer) {
        if (id == null) {
            list(out, answer.objects("approvals"));
        } else {
            show(out, answer);
        }
        return 0;
    }

    private void list(PrintWriter out, List<JsonObject> requests) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject request : requests) {
            JsonObject definition = request.object("definition");
            rows.add(List.of(
                    request.text("id"),
                    request.text("state"),
                    request.text("state").equals("waiting") ? ApprovalForm.left(request) : "-",
                    request.text("author"),
                    request.text("rule"),
                    ProbeForm.at(definition),
                    ProbeForm.what(definition)));
        }
        if (rows.isEmpty()) {
            out.println("Nothing waits for approval.");
        } else {
            Text.table(out, HEADING, rows);
        }
    }

    /** As a file would have it, after what is said about it. */
    static void show(PrintWriter out, JsonObject request) {
        String state = request.text("state");
        out.println(Text.safe("# " + request.text("id") + ": " + state
                + (request.text("by").isEmpty() ? "" : " by " + request.text("by"))
                + (request.text("why").isEmpty() ? "" : ", " + request.text("why"))));
        out.println(Text.safe("# asked by " + request.text("author") + " at "
                + Instant.ofEpochMilli(request.number("asked")) + "; the rule " + request.text("rule")));
        Probe probe = ProbeReader.wire(request.node("definition"));
        WrittenForm.map(probe)
                .forEach((key, value) ->
                        ProbeYaml.entry(key, value).lines().forEach(line -> out.println(Text.safe(line))));
    }
}
