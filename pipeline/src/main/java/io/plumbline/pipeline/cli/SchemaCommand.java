package io.plumbline.pipeline.cli;

import io.plumbline.config.probe.ProbeSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

@Command(
        name = "schema",
        description = {
            "Print the JSON Schema of probe files, by which editors complete and check them.",
            "",
            "It needs no control plane; a running one hands it out at /schema/probe.json.",
        },
        footer = {
            "",
            "  plumb schema > probe.schema.json",
            "",
            "and at the head of a file of probes:",
            "  # yaml-language-server: $$schema=probe.schema.json",
        })
final class SchemaCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        spec.commandLine().getOut().print(ProbeSchema.json());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
