package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "approve",
        description = {
            "Approve probes that wait: they are set at once, exactly as they were asked for.",
            "",
            "Needs the role approver, and another token than the one that asked. The id stands for one definition; a"
                    + " changed one has another.",
        },
        footer = {
            "",
            "  plumb approvals cart-118@1f9a03bc   read it first",
            "  plumb approve cart-118@1f9a03bc",
        })
final class ApproveCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "The requests' ids, as 'plumb approvals' shows them.")
    private List<String> ids;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ApiClient client = connection.client();
        for (String id : ids) {
            String answer = client.post("/approvals/" + ApiClient.encoded(id) + "/approve", "");
            JsonObject approved = JsonObject.parse(answer);
            spec.commandLine()
                    .getOut()
                    .println(Text.safe("probe " + approved.text("probe") + " version " + approved.text("version")
                            + " is set, as " + approved.text("author") + " asked; look with: " + Folders.launcher()
                            + " probe show " + approved.text("probe")));
        }
        return 0;
    }
}
