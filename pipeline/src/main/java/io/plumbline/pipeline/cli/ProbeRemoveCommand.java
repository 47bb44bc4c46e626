package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "rm",
        description = "Remove probes. The classes get their own bytecode back.",
        footer = {"", "  plumb probe rm cart-118-log cart-121-count", "  plumb probe rm --tag incident-42"})
final class ProbeRemoveCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "The probes' ids.")
    private List<String> ids = List.of();

    @Option(names = "--tag", paramLabel = "WORD", description = "All probes with this tag.")
    private String tag;

    @Spec
    private CommandSpec spec;

    /** Goes on after one that is not there, and says so at the end. */
    @Override
    public Integer call() {
        ApiClient client = connection.client();
        if (ids.isEmpty() == (tag == null)) {
            throw Failure.badInput("name the probes by their ids, or by --tag");
        }
        if (tag != null) {
            String answer = client.delete("/probes?tag=" + ApiClient.encoded(tag));
            JsonObject.parse(answer)
                    .texts("removed")
                    .forEach(id -> spec.commandLine().getOut().println(id + " removed"));
            return 0;
        }
        int code = 0;
        for (String id : ids) {
            try {
                client.delete("/probes/" + ApiClient.encoded(id));
                spec.commandLine().getOut().println(id + " removed");
            } catch (Failure e) {
                if (e.code() != Failure.NOT_SO) {
                    throw e;
                }
                spec.commandLine().getErr().println("plumb: " + e.getMessage());
                code = e.code();
            }
        }
        return code;
    }
}
