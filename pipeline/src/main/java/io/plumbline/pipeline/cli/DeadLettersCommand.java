package io.plumbline.pipeline.cli;

import picocli.CommandLine.Command;

@Command(
        name = "deadletters",
        description = {
            "List, show and send again what exporters could not deliver.",
            "",
            "A signal that a backend refuses for good is kept for a week, with the reason. When the reason is gone (a"
                    + " mapping mended, a limit raised), send it again: to that exporter only, with the same ids.",
        },
        footer = {
            "",
            "  plumb deadletters list                            the newest, and how many by cause",
            "  plumb deadletters show 0-17                       one, with what is in it",
            "  plumb deadletters replay --exporter elasticsearch all that it gave up on",
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DeadLettersListCommand.class,
            DeadLettersShowCommand.class,
            DeadLettersReplayCommand.class,
        })
final class DeadLettersCommand {}
