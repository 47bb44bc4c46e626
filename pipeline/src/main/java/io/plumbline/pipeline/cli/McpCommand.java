package io.plumbline.pipeline.cli;

import io.plumbline.config.probe.Durations;
import io.plumbline.config.text.Json;
import io.plumbline.pipeline.mcp.McpHost;
import java.io.PrintStream;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "mcp",
        description = {
            "Serve AI agents over the Model Context Protocol, on standard input and output. Editors",
            "and agents start it; there is nothing to see for people.",
        },
        footer = {
            "",
            "  plumb mcp --service shop     what it makes itself may ask the service shop only",
            "",
            "In the client's configuration:",
            "  {\"mcpServers\": {\"plumbline\": {\"command\": \"plumb\", \"args\": [\"mcp\"]}}}",
            "",
            "It acts with a token of the role assistant (plumb token create NAME --role assistant, in",
            "PLUMBLINE_TOKEN). With an admin's token, such as that of this user's 'plumb up', it makes",
            "itself one for the session and uses that alone. See docs/mcp.md.",
        })
final class McpCommand implements Callable<Integer> {
    private static final String ROLE = "assistant";
    private static final String TOKEN_LIFE = "24h";

    @Mixin
    private Connection connection;

    @Option(
            names = "--lease",
            paramLabel = "TIME",
            defaultValue = "3m",
            description = "So long after the session's last sign of life its probes end. Default: ${DEFAULT-VALUE}.")
    private String lease;

    @Option(
            names = "--service",
            split = ",",
            paramLabel = "NAME",
            description = "Bounds the token that it makes itself to a service, * for any text.")
    private List<String> services = List.of();

    @Option(names = "--environment", split = ",", paramLabel = "NAME", description = "Likewise to an environment.")
    private List<String> environments = List.of();

    @Override
    public Integer call() throws InterruptedException {
        PrintStream out = System.out;
        System.setOut(System.err); // what else is printed must not stand between messages
        Duration life = Durations.parse(lease);
        ApiClient client = connection.client();
        JsonObject caller = JsonObject.parse(client.get("/whoami"));
        if (caller.text("role").equals(ROLE)) {
            if (!services.isEmpty() || !environments.isEmpty()) {
                throw Failure.badInput(
                        "the token has bounds of its own; --service and --environment are for one that plumb mcp makes");
            }
            return serve(client, life, () -> {}, out);
        }
        if (!caller.text("role").equals("admin")) {
            throw Failure.badInput("plumb mcp needs a token of the role assistant, and '" + caller.text("name")
                    + "' has " + caller.text("role")
                    + "; an admin makes one with: plumb token create NAME --role assistant");
        }
        String name = ROLE + "-" + ProcessHandle.current().pid() + "-"
                + Integer.toHexString(ThreadLocalRandom.current().nextInt(1 << 16));
        ApiClient own = new ApiClient(client.url(), makeToken(client, name));
        return serve(own, life, () -> client.delete("/tokens/" + name), out);
    }

    private static int serve(ApiClient client, Duration life, Runnable after, PrintStream out)
            throws InterruptedException {
        new McpHost(new AssistantApi(client), life, after).serve(System.in, out);
        return 0;
    }

    private String makeToken(ApiClient client, String name) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("name", name);
        request.put("role", ROLE);
        request.put("services", services);
        request.put("environments", environments);
        request.put("for", TOKEN_LIFE);
        return JsonObject.parse(client.post("/tokens", Json.write(request))).text("token");
    }
}
