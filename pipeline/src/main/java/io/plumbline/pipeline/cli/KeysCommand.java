package io.plumbline.pipeline.cli;

import picocli.CommandLine.Command;

@Command(
        name = "keys",
        description = "The key that definitions are signed with.",
        footer = {"", "  plumb keys show          the public one, for the agents' setting trusted-keys"},
        synopsisSubcommandLabel = "COMMAND",
        subcommands = KeysShowCommand.class)
final class KeysCommand {}
