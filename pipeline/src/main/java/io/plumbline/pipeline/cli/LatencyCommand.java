package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "latency",
        description = "Print how long requests took between the points of a span probe, and the slowest of them.",
        footer = {
            "",
            "  plumb latency checkout              of all spans that are kept",
            "  plumb latency checkout --since 10m  of none that is older",
            "",
            "Behind ± stands by how much a duration may be off where two machines' clocks are compared.",
        })
final class LatencyCommand extends AskCommand {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());
    private static final double NANOS_PER_MILLI = 1e6;

    @Parameters(paramLabel = "PROBE", description = "A span probe.")
    private String probe;

    @Option(names = "--since", paramLabel = "TIME", description = "A time, or how long ago: 2026-01-31T14:25:00Z, 10m.")
    private String since;

    @Override
    String path() {
        return "/probes/" + ApiClient.encoded(probe) + "/latency"
                + (since == null ? "" : "?since=" + ApiClient.encoded(since));
    }

    @Override
    int print(PrintWriter out, JsonObject answer) {
        if (answer.number("spans") == 0) {
            out.println("no span of " + Text.safe(probe) + (answer.flag("complete") ? " yet" : " found")
                    + "; plumb probe show says how it stands");
            return 0;
        }
        List<JsonObject> ways = new ArrayList<>(answer.objects("pairs"));
        if (answer.has("whole") && ways.size() > 1) {
            ways.add(answer.object("whole"));
        }
        Text.table(
                out,
                List.of("FROM", "TO", "COUNT", "MIN", "P50", "P90", "P99", "MAX", "±"),
                ways.stream().map(LatencyCommand::row).toList());
        out.println();
        Text.table(
                out,
                List.of("SLOWEST", "AT", "TRACE", "KEY", "POINTS"),
                answer.objects("slowest").stream().map(LatencyCommand::request).toList());
        if (!answer.flag("complete")) {
            out.println("(of the last " + answer.number("spans") + " spans: there is much in the topics)");
        }
        return 0;
    }

    private static List<String> row(JsonObject way) {
        List<String> row = new ArrayList<>(List.of(way.text("from"), way.text("to"), way.text("count")));
        boolean isEmpty = way.number("count") == 0;
        for (String figure : List.of("min", "p50", "p90", "p99", "max")) {
            row.add(isEmpty ? "-" : millis(way.number(figure)));
        }
        row.add(isEmpty ? "-" : bound(way));
        return row;
    }

    private static String bound(JsonObject way) {
        String known = way.number("bound") == 0 ? "" : millis(way.number("bound"));
        return way.number("unbounded") == 0 ? known : (known + " ? for " + way.number("unbounded")).strip();
    }

    private static List<String> request(JsonObject request) {
        String points = request.objects("points").stream()
                .map(point -> point.text("point") + " "
                        + (point.text("service").isEmpty() ? point.text("instance") : point.text("service")))
                .collect(Collectors.joining(", "));
        return List.of(
                millis(request.number("nanos")),
                TIME.format(Instant.ofEpochMilli(request.number("startMicros") / 1_000)),
                request.text("traceId"),
                request.text("key").isEmpty() ? "-" : request.text("key"),
                points);
    }

    private static String millis(long nanos) {
        return String.format(Locale.ROOT, nanos < NANOS_PER_MILLI ? "%.3f ms" : "%.1f ms", nanos / NANOS_PER_MILLI);
    }
}
