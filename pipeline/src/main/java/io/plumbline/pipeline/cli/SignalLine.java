package io.plumbline.pipeline.cli;

import io.plumbline.config.wire.SignalAttributes;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A signal as one line for people; a snapshot as a line with its variables and its stack below. */
final class SignalLine {
    private final DateTimeFormatter time;

    /** Where a trace is shown, its id put behind; empty where nobody shows one. */
    private final String traceLink;

    SignalLine(ZoneId zone, String traceLink) {
        this.traceLink = traceLink;
        time = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(zone);
    }

    String of(JsonObject signal) {
        if (signal.text("kind").equals("missed")) {
            return "(" + signal.text("signals") + " signals not shown: they come faster than they can be printed)";
        }
        String line = time.format(Instant.ofEpochMilli(signal.number("time"))) + " " + source(signal) + " "
                + signal.text("probe") + " " + said(signal);
        String first = signal.has("millisSinceSet")
                ? "   (first, " + signal.text("millisSinceSet") + " ms after the probe was set)"
                : "";
        return Text.safe(line + first) + details(signal);
    }

    /** The variables and the stack of a snapshot or an exception, a line each. */
    private static String details(JsonObject signal) {
        String event = signal.text("event");
        if (!event.equals(SignalAttributes.EVENT_SNAPSHOT) && !event.equals(SignalAttributes.EVENT_EXCEPTION)) {
            return "";
        }
        List<String> lines =
                new ArrayList<>(SnapshotForm.values(signal.object("values").nodes()));
        String exception = signal.text("exception");
        lines.addAll(
                exception.isEmpty()
                        ? SnapshotForm.stack(signal.text("stack"), signal.texts("stackOwn"))
                        : SnapshotForm.stack(exception, List.of()));
        return lines.stream().map(line -> System.lineSeparator() + line).collect(Collectors.joining());
    }

    private String said(JsonObject signal) {
        return switch (signal.text("kind")) {
            case "log" -> log(signal);
            case "span" -> span(signal);
            default -> metric(signal);
        };
    }

    /** {@code A→B 12.3 ms ±0.2 ms http://jaeger:16686/trace/…}; the probe's id, with which the name begins, stands before it. */
    private String span(JsonObject signal) {
        String trace = signal.text("traceId");
        String probe = signal.text("probe") + " ";
        String name = signal.text("name");
        return (name.startsWith(probe) ? name.substring(probe.length()) : name) + " " + signal.text("duration") + " "
                + (traceLink.isEmpty() ? "trace " + trace : traceLink + trace);
    }

    private static String source(JsonObject signal) {
        String instance = signal.text("instance");
        return instance.isEmpty() ? signal.text("service") : instance;
    }

    private static String log(JsonObject signal) {
        String severity = signal.text("severity");
        return place(signal)
                + (severity.equals("INFO") || severity.isEmpty() ? "" : severity + " ")
                + signal.text("body");
    }

    /** {@code OrderService.java:42 }, or {@code OrderService.place:42 } where the file is not known. */
    private static String place(JsonObject signal) {
        String file = signal.text("file");
        String line = signal.has("line") ? ":" + signal.text("line") : "";
        if (!file.isEmpty()) {
            return file.substring(file.lastIndexOf('/') + 1) + line + " ";
        }
        String function = signal.text("function");
        int method = function.lastIndexOf('.');
        int type = method < 0 ? -1 : function.lastIndexOf('.', method - 1);
        return function.isEmpty() ? "" : function.substring(type + 1) + line + " ";
    }

    private static String metric(JsonObject signal) {
        String labels = signal.object("labels").texts().entrySet().stream()
                .map(label -> label.getKey() + "=\"" + label.getValue() + "\"")
                .collect(Collectors.joining(","));
        String value = signal.text("type").equals("histogram")
                ? "count=" + signal.text("count") + " sum=" + number(signal.text("sum"))
                : number(signal.text("value"));
        String unit = signal.text("unit");
        return signal.text("name") + (labels.isEmpty() ? "" : "{" + labels + "}") + " " + value
                + (unit.isEmpty() || unit.equals("1") ? "" : " " + unit);
    }

    private static String number(String json) {
        if (json.isEmpty()) {
            return "NaN";
        }
        return json.endsWith(".0") ? json.substring(0, json.length() - 2) : json;
    }
}
