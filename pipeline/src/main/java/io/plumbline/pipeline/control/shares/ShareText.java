package io.plumbline.pipeline.control.shares;

import io.plumbline.config.text.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A share in words, before a target's own form: whatever stands in it may be an attacker's text.
 *
 * @param title one line
 * @param where the probe's line; empty where nobody knows it any more
 * @param parts one for each signal
 * @param left how many signals were left out
 */
record ShareText(String title, String where, String by, String note, List<Part> parts, int left) {
    static final int MAX_PARTS = 5;

    private static final int MAX_TITLE = 200;

    /**
     * A signal.
     *
     * @param head when and where, one line
     * @param body message and values, a line each
     */
    record Part(String head, String body) {}

    /** @param view what becomes of each signal for readers of whom nothing is known */
    static ShareText of(Share share, UnaryOperator<Map<String, Object>> view) {
        Map<String, Object> whole = share.whole();
        List<Part> parts = new ArrayList<>();
        List<?> signals = whole.get("signals") instanceof List<?> list ? list : List.of();
        signals.stream().limit(MAX_PARTS).forEach(signal -> parts.add(part(view.apply(map(signal)))));
        String where = whole.get("definition") instanceof Map<?, ?> definition && definition.containsKey("at")
                ? definition.get("at").toString()
                : "";
        String title = "Plumbline: " + share.probe() + (where.isEmpty() ? "" : " at " + where);
        return new ShareText(
                title.length() > MAX_TITLE ? title.substring(0, MAX_TITLE) : title,
                where,
                share.by(),
                share.note(),
                parts,
                signals.size() - parts.size());
    }

    private static Part part(Map<String, Object> signal) {
        List<String> head = new ArrayList<>();
        if (signal.get("time") instanceof Number millis) {
            head.add(Instant.ofEpochMilli(millis.longValue()).toString());
        }
        add(head, signal.get("service"));
        add(head, signal.get("instance"));
        add(head, place(signal));
        List<String> body = new ArrayList<>();
        if ("span".equals(signal.get("kind"))) {
            body.add(signal.get("name") + " " + signal.get("duration") + ", trace " + signal.get("traceId"));
            map(signal.get("attributes")).forEach((name, value) -> body.add(name + ": " + text(value)));
        } else {
            add(body, signal.get("body"));
            map(signal.get("values")).forEach((name, value) -> body.add(name + ": " + text(value)));
            add(body, signal.get("exception"));
        }
        return new Part(String.join(" · ", head), String.join("\n", body));
    }

    private static String place(Map<String, Object> signal) {
        Object file = signal.containsKey("file") ? signal.get("file") : signal.get("function");
        return file == null ? "" : file + (signal.containsKey("line") ? ":" + signal.get("line") : "");
    }

    private static String text(Object value) {
        return value instanceof String text ? text : Json.write(value);
    }

    private static void add(List<String> texts, Object value) {
        if (value != null && !value.toString().isBlank()) {
            texts.add(value.toString());
        }
    }

    private static Map<String, Object> map(Object value) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (value instanceof Map<?, ?> any) {
            any.forEach((name, each) -> map.put(String.valueOf(name), each));
        }
        return map;
    }
}
