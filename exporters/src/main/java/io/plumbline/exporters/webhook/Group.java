package io.plumbline.exporters.webhook;

import io.plumbline.exporters.signal.LogSignal;
import java.time.Instant;
import java.util.Optional;

/**
 * Log records that say the same to a person.
 *
 * @param records how many
 * @param hits how many hits they stand for
 * @param firstUnixNano when the earliest of them happened, 0 if no record says so
 * @param last the latest of them
 */
record Group(Key key, long records, long hits, long firstUnixNano, LogSignal last) {
    private static final String[] SEVERITIES = {"TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"};

    /**
     * By what records are grouped.
     *
     * @param fingerprint of an exception, else ""
     */
    record Key(String probe, String service, String event, String fingerprint) {
        static Key of(LogSignal log) {
            Object fingerprint = log.attributes().get("plumbline.exception.fingerprint");
            return new Key(
                    log.probeId(),
                    log.resource().service(),
                    log.eventName(),
                    fingerprint == null ? "" : fingerprint.toString());
        }
    }

    static Group of(LogSignal log) {
        return new Group(Key.of(log), 1, weight(log), log.bestTimeUnixNano(), log);
    }

    /** Of records at one time, the later one in the order of arrival is the last. */
    Group with(LogSignal log) {
        long time = log.bestTimeUnixNano();
        boolean isEarlier = time != 0 && (firstUnixNano == 0 || time < firstUnixNano);
        return new Group(
                key,
                records + 1,
                hits + weight(log),
                isEarlier ? time : firstUnixNano,
                time >= last.bestTimeUnixNano() ? log : last);
    }

    Optional<Instant> first() {
        return instant(firstUnixNano);
    }

    Optional<Instant> lastTime() {
        return instant(last.bestTimeUnixNano());
    }

    /** The last one's, as its producer calls it, else as OpenTelemetry does, else "". */
    String severity() {
        if (!last.severityText().isEmpty()) {
            return last.severityText();
        }
        int step = (last.severityNumber() - 1) / 4;
        return last.severityNumber() >= 1 && step < SEVERITIES.length ? SEVERITIES[step] : "";
    }

    String message() {
        return last.body().toString();
    }

    private static long weight(LogSignal log) {
        return log.attributes().get("plumbline.weight") instanceof Long weight && weight > 0 ? weight : 1;
    }

    private static Optional<Instant> instant(long unixNano) {
        return unixNano == 0 ? Optional.empty() : Optional.of(Instant.ofEpochSecond(0, unixNano));
    }
}
