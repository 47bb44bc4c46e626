package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "share",
        description = {
            "Keep signals of a probe under a link that still shows them when the probe and the topics' retention are gone.",
            "",
            "Whoever opens the link needs a token for the services that they come from.",
        },
        footer = {
            "",
            "  plumb share cart-118-log                         its last hit",
            "  plumb share cart-118-log UID UID --note 'late'   these, by uid: plumb hits cart-118-log --json",
            "  plumb share checkout --trace TRACE               the spans of a request: plumb latency checkout",
            "  plumb share cart-118-log --to slack              and send it there",
        })
final class ShareCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(index = "0", paramLabel = "PROBE", description = "Whose signals.")
    private String probe;

    @Parameters(
            index = "1..*",
            arity = "0..20",
            paramLabel = "HIT",
            description = "Uids of log records, snapshots or exceptions.")
    private List<String> hits = new ArrayList<>();

    @Option(names = "--trace", paramLabel = "TRACE", description = "The spans of this trace. May be repeated.")
    private List<String> traces = new ArrayList<>();

    @Option(names = "--note", paramLabel = "TEXT", description = "A word to who reads it.")
    private String note;

    @Option(names = "--to", paramLabel = "TARGET", description = "Send it there too: slack, jira.")
    private List<String> to = new ArrayList<>();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ApiClient client = connection.client();
        if (hits.isEmpty() && traces.isEmpty()) {
            chooseLast(client);
        }
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("probe", probe);
        request.put("hits", hits);
        request.put("traces", traces);
        if (note != null) {
            request.put("note", note);
        }
        JsonObject shared = JsonObject.parse(client.post("/shares", Json.write(request)));
        spec.commandLine().getOut().println(Text.safe(shared.text("url")));
        for (String target : to) {
            JsonObject sent = JsonObject.parse(client.post(
                    "/shares/" + ApiClient.encoded(shared.text("id")) + "/send", Json.write(Map.of("to", target))));
            spec.commandLine()
                    .getOut()
                    .println(Text.safe("sent to " + target + " " + sent.text("url"))
                            .stripTrailing());
        }
        return 0;
    }

    /** The last signal that can be shared. */
    private void chooseLast(ApiClient client) {
        String path = "/probes/" + ApiClient.encoded(probe) + "/signals?limit=1";
        for (JsonObject signal : JsonObject.parse(client.get(path)).objects("signals")) {
            if (signal.has("uid")) {
                hits.add(signal.text("uid"));
            } else if (signal.has("traceId")) {
                traces.add(signal.text("traceId"));
            }
        }
        if (hits.isEmpty() && traces.isEmpty()) {
            throw Failure.notSo(
                    "no signal of " + probe + " can be shared yet; plumb probe show says how it stands, and of"
                            + " metrics there is the console's page");
        }
    }
}
