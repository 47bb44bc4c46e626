package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
import java.io.Console;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "replay",
        description = {
            "Send dead letters again, to the exporter that gave up on them and to no other.",
            "",
            "By ids, also those that were sent before; or all that an exporter gave up on and that were not sent yet."
                    + " What fails again is a dead letter again, with a count of attempts.",
        },
        footer = {
            "",
            "  plumb deadletters replay 0-17 0-18",
            "  plumb deadletters replay --exporter elasticsearch --cause rejected --since 2h",
            "  plumb deadletters replay --exporter elasticsearch --yes    without being asked",
        })
final class DeadLettersReplayCommand implements Callable<Integer> {
    /** Of letters that can't be sent; the others are counted. */
    private static final int MAX_REASONS = 5;

    @Mixin
    private Connection connection;

    @Mixin
    private LetterFilter filter;

    @Parameters(paramLabel = "ID", arity = "0..*", description = "Letters, as 'plumb deadletters list' shows them.")
    private List<String> ids = List.of();

    @Option(names = "--yes", description = "Do not ask, however many they are.")
    private boolean yes;

    @Spec
    private CommandSpec spec;

    private final Map<String, Long> sent = new TreeMap<>();
    private final Set<String> away = new LinkedHashSet<>();
    private long again;
    private long refused;

    @Override
    public Integer call() {
        if (ids.isEmpty() == filter.written().isEmpty() || (ids.isEmpty() && !filter.hasExporter())) {
            throw Failure.badInput("name letters by id, or an exporter and what else they have in common:"
                    + " plumb deadletters replay 0-17, or plumb deadletters replay --exporter elasticsearch");
        }
        ApiClient client = connection.client();
        Map<String, String> asked = filter.texts(Instant.now());
        if (!yes && !confirmed(client, asked)) {
            throw Failure.notSo("nothing was sent");
        }
        if (ids.isEmpty()) {
            sendAll(client, asked);
        } else {
            send(client, Map.of("ids", ids));
        }
        print(spec.commandLine().getOut());
        return sent.isEmpty() && refused > 0 ? Failure.NOT_SO : 0;
    }

    /** Page by page, until there is no older one. */
    private void sendAll(ApiClient client, Map<String, String> asked) {
        String before = "";
        do {
            Map<String, Object> request = new LinkedHashMap<>(asked);
            if (!before.isEmpty()) {
                request.put("before", before);
            }
            before = send(client, request);
        } while (!before.isEmpty());
    }

    /** Answers where the next page begins. */
    private String send(ApiClient client, Map<String, Object> request) {
        JsonObject answer = JsonObject.parse(client.post("/deadletters/replay", Json.write(request)));
        JsonObject byExporter = answer.object("byExporter");
        byExporter.names().forEach(name -> sent.merge(name, byExporter.number(name), Long::sum));
        away.addAll(answer.texts("away"));
        again += answer.number("again");
        for (JsonObject each : answer.objects("refused")) {
            if (++refused <= MAX_REASONS) {
                spec.commandLine().getErr().println("plumb: " + Text.safe(each.text("reason")));
            }
        }
        return answer.text("next");
    }

    private boolean confirmed(ApiClient client, Map<String, String> asked) {
        String many = ids.isEmpty() ? matching(client, asked) : Integer.toString(ids.size());
        if (many.equals("0") || many.equals("1")) {
            return true;
        }
        String what = many + " dead letters";
        Console console = System.console();
        String answer = console == null ? null : console.readLine("Send %s again? [y/N] ", what);
        if (answer == null) {
            throw Failure.notSo("this would send " + what
                    + " again, and there is no terminal to ask on; look with 'plumb deadletters list', then add --yes");
        }
        return answer.strip().equalsIgnoreCase("y") || answer.strip().equalsIgnoreCase("yes");
    }

    /** How many there are; at least so many when there are too many to count. */
    private static String matching(ApiClient client, Map<String, String> asked) {
        Map<String, String> query = new LinkedHashMap<>(asked);
        query.put("limit", "1");
        JsonObject page = JsonObject.parse(client.get("/deadletters" + LetterFilter.query(query)));
        long letters = page.objects("counts").stream()
                .mapToLong(count -> count.number("letters"))
                .sum();
        return page.flag("complete") ? Long.toString(letters) : letters + " or more";
    }

    private void print(PrintWriter out) {
        if (refused > MAX_REASONS) {
            spec.commandLine().getErr().println("plumb: and " + (refused - MAX_REASONS) + " more that can't be sent");
        }
        long all = sent.values().stream().mapToLong(Long::longValue).sum();
        if (all == 0) {
            out.println("Nothing was sent: " + (filter.written().isEmpty() ? "" : filter.written() + " has ")
                    + "no dead letter that was not sent yet");
            return;
        }
        out.println(Text.safe("Sent " + Text.count(all, "signal") + " again: "
                + sent.entrySet().stream()
                        .map(each -> each.getKey() + " " + each.getValue())
                        .collect(Collectors.joining(", "))
                + (again == 0 ? "" : " (" + again + " of them not for the first time)")));
        if (away.isEmpty()) {
            out.println("How they fare: " + Folders.launcher() + " exporters");
        } else {
            out.println(Text.safe("Not running here: " + String.join(", ", away) + "; they wait a week for it: "
                    + Folders.launcher() + " up --exporter " + away.iterator().next()));
        }
    }
}
