package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

@Command(name = "list", description = "List the tokens that were made, without their secrets.")
final class TokenListCommand extends AskCommand {
    private static final List<String> HEADING =
            List.of("NAME", "ROLE", "STATE", "EXPIRES", "SERVICES", "ENVIRONMENTS", "MADE BY");

    @Override
    String path() {
        return "/tokens";
    }

    @Override
    int print(PrintWriter out, JsonObject answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject token : answer.objects("tokens")) {
            rows.add(List.of(
                    token.text("name"),
                    token.text("role"),
                    token.flag("revoked") ? "revoked" : token.flag("expired") ? "expired" : "good",
                    Instant.ofEpochMilli(token.number("expires")).toString(),
                    allOr(token.texts("services")),
                    allOr(token.texts("environments")),
                    token.text("maker")));
        }
        if (rows.isEmpty()) {
            out.println("No token was made. That of control.json opens everything for this user; make one for others: "
                    + Folders.launcher() + " token create NAME --role viewer");
        } else {
            Text.table(out, HEADING, rows);
        }
        return 0;
    }

    private static String allOr(List<String> names) {
        return names.isEmpty() ? "all" : String.join(",", names);
    }
}
