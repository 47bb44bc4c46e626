package io.plumbline.config.wire;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What stands in the headers of a dead letter: who gave up on what, when and why. The record's value is the signal alone, as OTLP
 * of its kind, or a whole record as it came.
 *
 * @param exporter that gave up
 * @param cause one of {@link #CAUSES}; "" in letters of versions that did not say
 * @param reason in words
 * @param topic where the signal stood, with {@code partition} and {@code offset}
 * @param indices of the signals in that record, from 0; empty when it can't be read at all
 * @param time when the exporter gave up
 * @param probe that emitted the signal, or ""
 * @param kind {@code log}, {@code metric} or {@code span}, or "" if that is not known
 * @param attempts how often the exporter gave up on it, replays included
 * @param alone whether the value is the signal by itself; else it is the whole record
 */
public record DeadLetter(
        String exporter,
        String cause,
        String reason,
        String topic,
        int partition,
        long offset,
        List<Integer> indices,
        Instant time,
        String probe,
        String kind,
        int attempts,
        boolean alone) {
    /** Why signals become dead letters. */
    public static final List<String> CAUSES = List.of("malformed", "rejected", "too-large", "defect");

    /** What the headers' names begin with. */
    public static final String PREFIX = "plumbline.";

    private static final int MAX_REASON_CHARS = 2_000;
    private static final Map<String, String> KINDS =
            Map.of(Topics.LOGS, "log", Topics.METRICS, "metric", Topics.SPANS, "span");

    public DeadLetter {
        Objects.requireNonNull(exporter, "exporter");
        Objects.requireNonNull(cause, "cause");
        reason = reason.length() > MAX_REASON_CHARS ? reason.substring(0, MAX_REASON_CHARS) + "…" : reason;
        Objects.requireNonNull(topic, "topic");
        indices = List.copyOf(indices);
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(probe, "probe");
        Objects.requireNonNull(kind, "kind");
    }

    /** What a signal topic carries, or "". */
    public static String kindOf(String topic) {
        return KINDS.getOrDefault(topic, "");
    }

    /** Whether no signal can be made of the value, now or later. */
    public boolean isPoison() {
        return indices.isEmpty();
    }

    /** The same after one more attempt that failed. */
    public DeadLetter again(String nextCause, String nextReason, Instant now) {
        return new DeadLetter(
                exporter,
                nextCause,
                nextReason,
                topic,
                partition,
                offset,
                indices,
                now,
                probe,
                kind,
                attempts + 1,
                alone);
    }

    /** By full name. */
    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(PREFIX + "exporter", exporter);
        headers.put(PREFIX + "cause", cause);
        headers.put(PREFIX + "reason", reason);
        headers.put(PREFIX + "topic", topic);
        headers.put(PREFIX + "partition", Integer.toString(partition));
        headers.put(PREFIX + "offset", Long.toString(offset));
        headers.put(PREFIX + "signals", indices.stream().map(String::valueOf).collect(Collectors.joining(",")));
        headers.put(PREFIX + "time", Long.toString(time.toEpochMilli()));
        headers.put(PREFIX + "probe", probe);
        headers.put(PREFIX + "kind", kind);
        headers.put(PREFIX + "attempts", Integer.toString(attempts));
        headers.put(PREFIX + "alone", Boolean.toString(alone));
        return headers;
    }

    /**
     * Reads headers, also those of earlier versions. What is not there or makes no sense reads as unknown: a letter is shown for
     * what it is, never passed over.
     *
     * @param written when Kafka was given the record
     */
    public static DeadLetter of(Map<String, String> headers, Instant written) {
        String topic = headers.getOrDefault(PREFIX + "topic", "");
        List<Integer> indices = Arrays.stream(
                        headers.getOrDefault(PREFIX + "signals", "").split(","))
                .map(index -> (int) number(index, -1))
                .filter(index -> index >= 0)
                .toList();
        return new DeadLetter(
                headers.getOrDefault(PREFIX + "exporter", ""),
                headers.getOrDefault(PREFIX + "cause", indices.isEmpty() ? CAUSES.get(0) : ""),
                headers.getOrDefault(PREFIX + "reason", ""),
                topic,
                (int) number(headers.get(PREFIX + "partition"), -1),
                number(headers.get(PREFIX + "offset"), -1),
                indices,
                Instant.ofEpochMilli(number(headers.get(PREFIX + "time"), written.toEpochMilli())),
                headers.getOrDefault(PREFIX + "probe", ""),
                headers.getOrDefault(PREFIX + "kind", kindOf(topic)),
                (int) number(headers.get(PREFIX + "attempts"), 1),
                Boolean.parseBoolean(headers.get(PREFIX + "alone")));
    }

    private static long number(String text, long otherwise) {
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            return otherwise;
        }
    }
}
