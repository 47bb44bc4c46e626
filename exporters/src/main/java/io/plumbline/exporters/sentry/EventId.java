package io.plumbline.exporters.sentry;

import io.plumbline.exporters.signal.LogSignal;
import io.sentry.protocol.SentryId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The id of an event, the same at every delivery: made of the record's own, or for records of foreign producers of all
 * that the record holds. The bargain of the latter: two records alike in everything, time included, become one.
 */
final class EventId {

    private static final int BYTES = 16;

    private EventId() {}

    static SentryId of(LogSignal log) {
        return new SentryId(hash(log.uid().isEmpty() ? content(log) : log.uid()));
    }

    private static String content(LogSignal log) {
        return String.join(
                "\n",
                log.resource().attributes().toString(),
                Long.toString(log.bestTimeUnixNano()),
                log.eventName(),
                log.body().toString(),
                log.attributes().toString());
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
