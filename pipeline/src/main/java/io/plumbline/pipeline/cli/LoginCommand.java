package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "login",
        description = {
            "Sign on to a control plane that another user started, and keep what opens it in login.json (mode 0600).",
            "",
            "With the link that 'plumb up' or 'plumb serve' printed at its start, which is good once, within ten minutes."
                    + " With the address alone by the OpenID provider that the control plane names.",
        },
        footer = {
            "",
            "  plumb login 'http://127.0.0.1:7077/console#login=...'",
            "  plumb login http://127.0.0.1:7077",
            "",
            "A bearer token from elsewhere goes into the variable PLUMBLINE_TOKEN, with --url.",
        })
final class LoginCommand implements Callable<Integer> {
    private static final String ONCE = "#login=";

    @Parameters(paramLabel = "URL", description = "The printed link, or the control plane's address.")
    private String link;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Where login.json lies, by default PLUMBLINE_DATA or ~/.plumbline.")
    private Path data;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        Path folder = Folders.data(data);
        int fragment = link.indexOf(ONCE);
        String address = address(fragment < 0 ? link : link.substring(0, fragment));
        ApiClient client = new ApiClient(address, "");
        LoginFile login = fragment < 0
                ? new ProviderLogin(spec.commandLine().getOut()).at(client)
                : redeemed(client, link.substring(fragment + ONCE.length()));
        login.write(folder);
        JsonObject me = JsonObject.parse(new ApiClient(address, login.token()).get("/whoami"));
        spec.commandLine()
                .getOut()
                .println(Text.safe("signed on as " + me.text("name") + " with the role " + me.text("role") + " until "
                        + Instant.ofEpochMilli(login.expires()) + "; kept in " + LoginFile.in(folder)));
        return 0;
    }

    private static LoginFile redeemed(ApiClient client, String once) {
        JsonObject answer = JsonObject.parse(client.post("/login", Json.write(Map.of("once", once))));
        return new LoginFile(client.url(), answer.text("token"), answer.number("expires"), "", "", "", "");
    }

    /** Scheme, host and port. */
    private static String address(String text) {
        int path = text.indexOf('/', text.indexOf("://") + "://".length());
        if (!text.startsWith("http://") && !text.startsWith("https://")) {
            throw Failure.badInput(
                    "the address reads like http://127.0.0.1:7077, or is the whole link that was printed");
        }
        return path < 0 ? text : text.substring(0, path);
    }
}
