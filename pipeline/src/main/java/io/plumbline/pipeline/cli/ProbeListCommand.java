package io.plumbline.pipeline.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "list",
        description = "List all probes and how they stand.",
        footer = {
            "",
            "  plumb probe list          one line a probe; 'emitting 2/3' means on two of three instances",
            "  plumb probe list --tag X  those with this tag",
            "  plumb probe list --json   with the full definitions and what each instance reports",
        })
final class ProbeListCommand implements Callable<Integer> {
    private static final List<String> HEADING = List.of("PROBE", "AT", "STATE", "EMITTED", "EXPIRES", "DOES");

    @Mixin
    private Connection connection;

    @Option(names = "--tag", paramLabel = "WORD", description = "Only those with this tag.")
    private String tag;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        String answer = connection
                .client()
                .get("/probes?reports=" + json + (tag == null ? "" : "&tag=" + ApiClient.encoded(tag)));
        if (json) {
            out.print(answer);
            out.flush();
            return 0;
        }
        Instant now = Instant.now();
        List<List<String>> rows = new ArrayList<>();
        JsonObject parsed = JsonObject.parse(answer);
        for (JsonObject probe : parsed.objects("probes")) {
            JsonObject definition = probe.object("definition");
            rows.add(List.of(
                    probe.text("id"),
                    ProbeForm.at(definition),
                    ProbeForm.state(probe),
                    Long.toString(ProbeForm.emitted(probe)),
                    ProbeForm.expiry(definition, now),
                    ProbeForm.what(definition)));
        }
        for (JsonObject request : parsed.objects("awaiting")) {
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
