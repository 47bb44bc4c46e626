package io.plumbline.pipeline.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "tail",
        description = "Print signals as they arrive, until Ctrl-C.",
        footer = {
            "",
            "  plumb tail                         all of them",
            "  plumb tail cart-118-log            those of one probe",
            "  plumb tail cart-118-log --count 1  wait for the next one",
            "  plumb tail --json | jq .body       for a program",
            "",
            "The first signal of a probe that was set while you watch says how long it took.",
        })
final class TailCommand implements Callable<Integer> {
    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "PROBE", arity = "0..*", description = "Probes to watch; all if none is named.")
    private List<String> probes = List.of();

    @Option(names = "--count", paramLabel = "N", description = "End after so many signals.")
    private long count = Long.MAX_VALUE;

    @Option(names = "--json", description = "Print each signal as one line of JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (count < 1) {
            throw Failure.badInput("--count must be > 0: " + count);
        }
        ApiClient client = connection.client();
        String query = probes.stream()
                .map(probe -> "probe=" + ApiClient.encoded(probe))
                .collect(Collectors.joining("&"));
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(client.stream("/tail?" + query), StandardCharsets.UTF_8))) {
            return print(lines, TraceLink.of(client));
        } catch (IOException e) {
            throw Failure.unreachable("the control plane went away (" + e.getMessage() + "); start it with: "
                    + Folders.launcher() + " up");
        }
    }

    private int print(BufferedReader lines, String traceLink) throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        SignalLine form = new SignalLine(ZoneId.systemDefault(), traceLink);
        long printed = 0;
        while (printed < count) {
            String line = lines.readLine();
            if (line == null) {
                throw new IOException("it closed the connection");
            }
            if (!line.isEmpty()) {
                JsonObject signal = JsonObject.parse(line);
                out.println(json ? line : form.of(signal));
                printed += signal.text("kind").equals("missed") ? 0 : 1;
            }
            if (out.checkError()) {
                return 0;
            }
        }
        return 0;
    }
}
