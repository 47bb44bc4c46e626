package io.plumbline.pipeline.control.letters;

import io.plumbline.config.text.Nearest;
import io.plumbline.config.wire.DeadLetter;
import io.plumbline.pipeline.control.http.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Which dead letters are meant.
 *
 * @param exporter, or "" for any
 * @param probe its id, or "" for any
 * @param cause, or "" for any
 * @param since given up then or later
 * @param replayed whether those count that were sent again already
 * @param before by partition, the offset below which to look; other partitions from their end
 */
record LetterQuery(
        String exporter, String probe, String cause, Instant since, boolean replayed, Map<Integer, Long> before) {

    LetterQuery {
        Objects.requireNonNull(exporter, "exporter");
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(since, "since");
        before = Map.copyOf(before);
        if (!cause.isEmpty() && !DeadLetter.CAUSES.contains(cause)) {
            String known = "; causes are " + String.join(", ", DeadLetter.CAUSES);
            throw Problem.badRequest(
                    "cause",
                    "there is no cause '" + cause + "'"
                            + Nearest.to(cause, DeadLetter.CAUSES)
                                    .map(near -> "; did you mean '" + near + "'?")
                                    .orElse(known));
        }
    }

    /**
     * Reads what a request asks for.
     *
     * @param texts by name; what is absent is any
     */
    static LetterQuery of(Map<String, String> texts) {
        return new LetterQuery(
                texts.getOrDefault("exporter", ""),
                texts.getOrDefault("probe", ""),
                texts.getOrDefault("cause", ""),
                since(texts.get("since")),
                Boolean.parseBoolean(texts.get("replayed")),
                before(texts.getOrDefault("before", "")));
    }

    boolean matches(Letter letter) {
        DeadLetter head = letter.head();
        return (exporter.isEmpty() || exporter.equals(head.exporter()))
                && (probe.isEmpty() || probe.equals(head.probe()))
                && (cause.isEmpty() || cause.equals(head.cause()))
                && !head.time().isBefore(since);
    }

    private static Instant since(String text) {
        try {
            return text == null
                    ? Instant.EPOCH
                    : Instant.ofEpochMilli(Instant.parse(text).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            throw Problem.badRequest("since", "since must be a time such as 2026-01-31T14:25:00Z: " + text);
        }
    }

    private static Map<Integer, Long> before(String text) {
        Map<Integer, Long> before = new HashMap<>();
        if (!text.isEmpty()) {
            for (String each : text.split(",", -1)) {
                LetterId id = LetterId.parse(each);
                before.put(id.partition(), id.offset());
            }
        }
        return before;
    }
}
