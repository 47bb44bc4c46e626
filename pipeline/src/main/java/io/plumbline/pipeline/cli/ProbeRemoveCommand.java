package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "rm",
        description = "Remove probes. The classes get their own bytecode back.",
        footer = {"", "  plumb probe rm cart-118-log cart-121-count"})
final class ProbeRemoveCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "The probes' ids.")
    private List<String> ids;

    @Spec
    private CommandSpec spec;

    /** Goes on after one that is not there, and says so at the end. */
    @Override
    public Integer call() {
        ApiClient client = connection.client();
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
