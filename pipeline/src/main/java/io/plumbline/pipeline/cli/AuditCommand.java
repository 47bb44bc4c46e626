package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "audit",
        description = "Show who changed what, and who tried to and was refused. For admins.",
        footer = {
            "",
            "  plumb audit --since 1h",
            "  plumb audit --since 30d --json > audit.jsonl     export, a line an entry",
            "",
            "An entry with '!' was not signed by this control plane's key: somebody else wrote it to Kafka.",
        })
final class AuditCommand implements Callable<Integer> {
    private static final List<String> HEADING =
            List.of("TIME", "WHO", "ROLE", "FROM", "OUTCOME", "ACTION", "WHAT", "REASON");

    @Mixin
    private Connection connection;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            defaultValue = "1d",
            description = "How far back, such as 1h or 7d. Default: ${DEFAULT-VALUE}.")
    private String since;

    @Option(names = "--json", description = "Print entries as JSON, one a line.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        List<List<String>> rows = new ArrayList<>();
        var stream = connection.client().stream("/audit?since=" + ApiClient.encoded(since));
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (json) {
                    out.println(line);
                } else {
                    rows.add(row(JsonObject.parse(line)));
                }
            }
        }
        if (!json && rows.isEmpty()) {
            out.println("Nothing was changed or refused since then.");
        } else if (!json) {
            Text.table(out, HEADING, rows);
        }
        out.flush();
        return 0;
    }

    private static List<String> row(JsonObject entry) {
        return List.of(
                (entry.flag("signed") ? "" : "! ") + entry.text("at"),
                entry.text("who"),
                entry.text("role"),
                entry.text("from"),
                entry.text("outcome"),
                entry.text("action") + entry.text("unreadable"),
                entry.object("what").pairs(),
                entry.text("reason"));
    }
}
