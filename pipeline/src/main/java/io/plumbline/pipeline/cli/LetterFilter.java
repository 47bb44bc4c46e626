package io.plumbline.pipeline.cli;

import io.plumbline.config.probe.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The options that say which dead letters are meant. */
final class LetterFilter {
    @Option(names = "--exporter", paramLabel = "NAME", description = "Those that this exporter gave up on.")
    private String exporter;

    @Option(names = "--probe", paramLabel = "ID", description = "Those of this probe.")
    private String probe;

    @Option(
            names = "--cause",
            paramLabel = "CAUSE",
            description = "Those given up for this cause: malformed, rejected, too-large or defect.")
    private String cause;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            description = "Those given up since then: 90s, 2h or 7d ago, or a time such as 2026-01-31T14:25.")
    private String since;

    /** What was given, by the API's names, each as a text. */
    Map<String, String> texts(Instant now) {
        Map<String, String> texts = new LinkedHashMap<>();
        put(texts, "exporter", exporter);
        put(texts, "probe", probe);
        put(texts, "cause", cause);
        put(texts, "since", since == null ? null : since(now).toString());
        return texts;
    }

    boolean hasExporter() {
        return exporter != null;
    }

    /** As the person wrote it; "" when nothing was. */
    String written() {
        Map<String, String> options = new LinkedHashMap<>();
        put(options, "--exporter", exporter);
        put(options, "--probe", probe);
        put(options, "--cause", cause);
        put(options, "--since", since);
        return options.entrySet().stream()
                .map(option -> option.getKey() + " " + option.getValue())
                .collect(Collectors.joining(" "));
    }

    /** {@code ?a=b&c=d}. */
    static String query(Map<String, String> texts) {
        return texts.entrySet().stream()
                .map(text -> text.getKey() + "=" + ApiClient.encoded(text.getValue()))
                .collect(Collectors.joining("&", "?", ""));
    }

    private Instant since(Instant now) {
        try {
            return now.minus(Durations.parse(since));
        } catch (IllegalArgumentException e) {
            return sinceTime();
        }
    }

    private Instant sinceTime() {
        try {
            return since.endsWith("Z")
                    ? Instant.parse(since)
                    : LocalDateTime.parse(since).atZone(ZoneId.systemDefault()).toInstant();
        } catch (DateTimeException e) {
            throw Failure.badInput(
                    "--since reads 90s, 2h or 7d (ago), 2026-01-31T14:25 (here) or 2026-01-31T14:25:00Z: " + since);
        }
    }

    private static void put(Map<String, String> texts, String name, String value) {
        if (value != null) {
            texts.put(name, value);
        }
    }
}
