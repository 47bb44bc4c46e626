package io.plumbline.pipeline.cli;

import picocli.CommandLine.Command;

@Command(
        name = "keys",
        description = "The key that definitions are signed with.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = KeysShowCommand.class)
final class KeysCommand {}
