package io.plumbline.pipeline.cli;

import picocli.CommandLine.Command;

@Command(
        name = "probe",
        description = "Set, list, show and remove probes.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ProbeAddCommand.class,
            ProbeListCommand.class,
            ProbeShowCommand.class,
            ProbeRemoveCommand.class,
        })
final class ProbeCommand {}
