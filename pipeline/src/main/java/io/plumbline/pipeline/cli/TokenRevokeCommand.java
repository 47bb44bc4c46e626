package io.plumbline.pipeline.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "revoke",
        description = "Take tokens back: from now on they open nothing.",
        footer = {"", "  plumb token revoke ci"})
final class TokenRevokeCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "NAME", arity = "1..*", description = "The tokens' names.")
    private List<String> names;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ApiClient client = connection.client();
        for (String name : names) {
            client.delete("/tokens/" + ApiClient.encoded(name));
            spec.commandLine().getOut().println(name + " revoked");
        }
        return 0;
    }
}
