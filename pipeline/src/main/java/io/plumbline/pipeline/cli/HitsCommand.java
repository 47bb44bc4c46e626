package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "hits",
        description = "Print the last signals of a probe, newest last; also those that came while nobody watched.",
        footer = {
            "",
            "  plumb hits cart-118-log              the last 20",
            "  plumb hits cart-118-log -n 500       more of them",
            "  plumb hits cart-118-log --since 10m  none that is older",
            "",
            "Of a metric, the last value of each series. For signals as they arrive: plumb tail.",
        })
final class HitsCommand extends AskCommand {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());

    @Parameters(paramLabel = "PROBE", description = "Whose signals.")
    private String probe;

    @Option(
            names = {"-n", "--limit"},
            paramLabel = "N",
            defaultValue = "20",
            description = "How many, 1000 at most. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(names = "--since", paramLabel = "TIME", description = "A time, or how long ago: 2026-01-31T14:25:00Z, 10m.")
    private String since;

    @Override
    String path() {
        return "/probes/" + ApiClient.encoded(probe) + "/signals?limit=" + limit
                + (since == null ? "" : "&since=" + ApiClient.encoded(since));
    }

    @Override
    int print(PrintWriter out, JsonObject answer) {
        print(out, answer, TraceLink.of(client()));
        return 0;
    }

    private void print(PrintWriter out, JsonObject answer, String traceLink) {
        SignalLine form = new SignalLine(ZoneId.systemDefault(), traceLink);
        List<JsonObject> signals = answer.objects("signals");
        signals.forEach(signal -> out.println(form.of(signal)));
        String back = TIME.format(Instant.ofEpochMilli(answer.number("searchedBack")));
        if (signals.isEmpty()) {
            out.println("no signal of " + Text.safe(probe)
                    + (answer.flag("complete") ? " yet; plumb probe show says how it stands" : " since " + back));
        }
        if (!answer.flag("complete") && signals.size() < limit) {
            out.println("(looked back to " + back + " only: there is much in the topics)");
        }
    }
}
