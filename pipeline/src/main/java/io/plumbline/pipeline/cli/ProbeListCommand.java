package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List all probes and how they stand.",
        footer = {
            "",
            "  plumb probe list          one line a probe; 'emitting 2/3' means on two of three instances",
            "  plumb probe list --tag X  those with this tag",
            "  plumb probe list --json   with the full definitions and what each instance reports",
        })
final class ProbeListCommand extends AskCommand {
    private static final List<String> HEADING = List.of("PROBE", "AT", "STATE", "EMITTED", "EXPIRES", "DOES");

    @Option(names = "--tag", paramLabel = "WORD", description = "Only those with this tag.")
    private String tag;

    @Override
    String path() {
        return "/probes?reports=" + isJson() + (tag == null ? "" : "&tag=" + ApiClient.encoded(tag));
    }

    @Override
    int print(PrintWriter out, JsonObject answer) {
        Instant now = Instant.now();
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject probe : answer.objects("probes")) {
            JsonObject definition = probe.object("definition");
            rows.add(List.of(
                    probe.text("id"),
                    ProbeForm.at(definition),
                    ProbeForm.state(probe),
                    Long.toString(ProbeForm.emitted(probe)),
                    ProbeForm.expiry(definition, now),
                    ProbeForm.what(definition)));
        }
        for (JsonObject request : answer.objects("awaiting")) {
            JsonObject definition = request.object("definition");
            rows.add(List.of(
                    request.text("probe"),
                    ProbeForm.at(definition),
                    ApprovalForm.state(request),
                    "-",
                    ProbeForm.expiry(definition, now),
                    ProbeForm.what(definition)));
        }
        if (rows.isEmpty()) {
            out.println((tag == null ? "No probes are set." : "No probe has the tag " + tag + ".") + " Set one: "
                    + Folders.launcher() + " log shop.Cart:118 'total {total}'");
        } else {
            Text.table(out, HEADING, rows);
        }
        return 0;
    }
}
