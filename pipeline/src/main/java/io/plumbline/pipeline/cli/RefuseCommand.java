package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
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
        name = "refuse",
        description = {
            "Refuse probes that wait for approval, or take back what you asked for yourself.",
            "",
            "Needs the role approver, or the token that asked.",
        },
        footer = {"", "  plumb refuse cart-118@1f9a03bc --why 'it reads the card; set one on order.id'"})
final class RefuseCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "The requests' ids, as 'plumb approvals' shows them.")
    private List<String> ids;

    @Option(names = "--why", required = true, paramLabel = "TEXT", description = "What who asked should know.")
    private String why;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ApiClient client = connection.client();
        for (String id : ids) {
            String answer =
                    client.post("/approvals/" + ApiClient.encoded(id) + "/refuse", Json.write(Map.of("why", why)));
            JsonObject ended = JsonObject.parse(answer);
            spec.commandLine().getOut().println(Text.safe(ended.text("id") + " " + ended.text("state")));
        }
        return 0;
    }
}
