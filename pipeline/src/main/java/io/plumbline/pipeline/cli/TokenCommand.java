package io.plumbline.pipeline.cli;

import picocli.CommandLine.Command;

@Command(
        name = "token",
        description = {
            "Make, list and revoke tokens for the API.",
            "",
            "A token has a role and an end: a viewer reads; a prober sets and removes probes too; an approver approves;"
                    + " an admin does everything. It may be bounded to services and environments.",
        },
        footer = {
            "",
            "  plumb token create ci --role prober --service shop --environment staging --for 90d",
            "  plumb token list",
            "  plumb token revoke ci",
        },
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {TokenCreateCommand.class, TokenListCommand.class, TokenRevokeCommand.class})
final class TokenCommand {}
