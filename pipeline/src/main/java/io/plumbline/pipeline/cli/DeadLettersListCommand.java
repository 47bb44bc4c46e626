package io.plumbline.pipeline.cli;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "list",
        description = "List the signals that exporters could not deliver, newest first.",
        footer = {
            "",
            "  plumb deadletters list",
            "  plumb deadletters list --exporter elasticsearch --cause rejected --since 2h",
            "  plumb deadletters list --probe cart-118-log --limit 100",
            "",
            "Those that were sent again are left out, unless --replayed asks for them.",
        })
final class DeadLettersListCommand extends AskCommand {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT).withZone(ZoneId.systemDefault());
    private static final List<String> HEADING = List.of("ID", "GIVEN UP", "EXPORTER", "CAUSE", "PROBE", "REASON");

    @Mixin
    private LetterFilter filter;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "20",
            description = "At most so many, up to 1000. Default: ${DEFAULT-VALUE}.")
    private int limit;

    @Option(
            names = "--before",
            paramLabel = "ID",
            description = "Those older than this one, to go on with a long list.")
    private String before;

    @Option(names = "--replayed", description = "Also those that were sent again.")
    private boolean replayed;

    @Override
    String path() {
        if (limit < 1 || limit > 1000) {
            throw Failure.badInput("--limit must be from 1 to 1000: " + limit);
        }
        Map<String, String> asked = new LinkedHashMap<>(filter.texts(Instant.now()));
        asked.put("limit", Integer.toString(limit));
        asked.put("replayed", Boolean.toString(replayed));
        if (before != null) {
            asked.put("before", before);
        }
        return "/deadletters" + LetterFilter.query(asked);
    }

    @Override
    int print(PrintWriter out, JsonObject page) {
        List<List<String>> rows = new ArrayList<>();
        page.objects("letters").forEach(letter -> rows.add(row(letter)));
        if (!rows.isEmpty()) {
            Text.table(out, HEADING, rows);
            out.println();
        }
        out.println(Text.safe(summary(page, rows.isEmpty())));
        if (!page.text("next").isEmpty()) {
            out.println("Older ones: " + Folders.launcher() + " deadletters list --before " + page.text("next"));
        }
        return 0;
    }

    private static List<String> row(JsonObject letter) {
        String attempts = letter.number("attempts") > 1 ? " (attempt " + letter.text("attempts") + ")" : "";
        return List.of(
                letter.text("id"),
                TIME.format(Instant.ofEpochMilli(letter.number("time"))),
                dash(letter.text("exporter")),
                dash(letter.text("cause")),
                dash(letter.text("probe")),
                dash(letter.text("reason")) + attempts + (letter.flag("replayed") ? " (sent again)" : ""));
    }

    private String summary(JsonObject page, boolean isEmpty) {
        long sentAgain = page.number("replayed");
        String more = sentAgain == 0
                ? ""
                : "; " + (isEmpty ? "" : "besides ") + sentAgain + (sentAgain == 1 ? " was" : " were")
                        + " sent again (--replayed shows them)";
        String within = page.flag("complete") ? "" : " among the newest " + page.text("scanned");
        if (isEmpty) {
            String meant = filter.written();
            return meant.isEmpty() && before == null
                    ? "No dead letters" + within + ": whatever exporters were given arrived, or waits (plumb exporters)"
                            + more
                    : "No dead letter matches" + (meant.isEmpty() ? "" : " " + meant)
                            + (before == null ? "" : " before " + before) + within + more
                            + ". Without options the list shows all that are kept";
        }
        long all = counts(page).values().stream().mapToLong(Long::longValue).sum();
        return Text.count(all, "dead letter") + within + ": "
                + counts(page).entrySet().stream()
                        .map(count -> count.getKey() + " " + count.getValue())
                        .collect(Collectors.joining(", "))
                + more;
    }

    /** By {@code exporter cause}. */
    private static Map<String, Long> counts(JsonObject page) {
        Map<String, Long> counts = new LinkedHashMap<>();
        page.objects("counts")
                .forEach(count -> counts.put(
                        dash(count.text("exporter")) + " " + dash(count.text("cause")), count.number("letters")));
        return counts;
    }

    private static String dash(String text) {
        return text.isEmpty() ? "-" : text;
    }
}
