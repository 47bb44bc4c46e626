package io.plumbline.pipeline.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "on",
        description = "Switch on what was switched off.",
        footer = {
            "",
            "  plumb on                       everything, everywhere",
            "  plumb on --instance shop-4711  one JVM",
            "  plumb on cart-118-log          one probe",
        })
final class OnCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "PROBE", arity = "0..1", description = "This probe only.")
    private String probe;

    @Option(names = "--instance", paramLabel = "ID", description = "This instance only; the start of its id will do.")
    private String instance;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        return Turn.turn(connection.client(), spec.commandLine().getOut(), false, probe, instance, json);
    }
}
