package io.plumbline.pipeline.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(name = "list", description = "List the tokens that were made, without their secrets.")
final class TokenListCommand implements Callable<Integer> {
    private static final List<String> HEADING =
            List.of("NAME", "ROLE", "STATE", "EXPIRES", "SERVICES", "ENVIRONMENTS", "MADE BY");

    @Mixin
    private Connection connection;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        var out = spec.commandLine().getOut();
        String answer = connection.client().get("/tokens");
        if (json) {
            out.print(answer);
            out.flush();
            return 0;
        }
        List<List<String>> rows = new ArrayList<>();
        for (JsonObject token : JsonObject.parse(answer).objects("tokens")) {
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
