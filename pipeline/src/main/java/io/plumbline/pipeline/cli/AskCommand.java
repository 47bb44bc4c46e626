package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command that asks the control plane one thing and prints the answer, for people or, with {@code --json}, as it came. */
abstract class AskCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    /** The path that answers, below the API's root, with its query. */
    abstract String path();

    /**
     * Prints an answer for people.
     *
     * @return what the command exits with
     */
    abstract int print(PrintWriter out, JsonObject answer);

    @Override
    public final Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        String answer = client().get(path());
        int code = 0;
        if (json) {
            out.print(answer);
        } else {
            code = print(out, JsonObject.parse(answer));
        }
        out.flush();
        return code;
    }

    /** For what else has to be asked. */
    final ApiClient client() {
        return connection.client();
    }

    final boolean isJson() {
        return json;
    }
}
