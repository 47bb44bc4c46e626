package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "create",
        description = {
            "Make a token and print it. It is shown this once; what is kept is a hash.",
        },
        footer = {
            "",
            "  plumb token create ci --role prober --service shop --environment staging --for 90d",
            "  PLUMBLINE_TOKEN=... plumb probe list         use it",
        })
final class TokenCreateCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "NAME", description = "What it is to be called, in lists and in the audit.")
    private String name;

    @Option(
            names = "--role",
            required = true,
            paramLabel = "ROLE",
            description = "viewer, prober, assistant, approver or admin.")
    private String role;

    @Option(
            names = "--service",
            split = ",",
            paramLabel = "NAME",
            description = "A service that it is for, * for any text; may be given several times. By default all.")
    private List<String> services = List.of();

    @Option(names = "--environment", split = ",", paramLabel = "NAME", description = "Likewise an environment.")
    private List<String> environments = List.of();

    @Option(
            names = "--for",
            paramLabel = "TIME",
            defaultValue = "30d",
            description = "How long it is good, 366d at most. Default: ${DEFAULT-VALUE}.")
    private String life;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("name", name);
        request.put("role", role);
        request.put("services", services);
        request.put("environments", environments);
        request.put("for", life);
        String answer = connection.client().post("/tokens", Json.write(request));
        var out = spec.commandLine().getOut();
        if (json) {
            out.print(answer);
        } else {
            out.println(JsonObject.parse(answer).text("token"));
        }
        out.flush();
        return 0;
    }
}
