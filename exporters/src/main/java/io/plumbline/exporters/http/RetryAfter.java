package io.plumbline.exporters.http;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/** Reads the header Retry-After: seconds or a date (RFC 9110, 10.2.3). What cannot be read counts as not sent. */
final class RetryAfter {

    private RetryAfter() {}

    static Optional<Duration> read(Optional<String> header) {
        if (header.isEmpty()) {
            return Optional.empty();
        }
        String text = header.get().strip();
        if (text.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            Duration left = Duration.between(Instant.now(), until);
            return Optional.of(left.isNegative() ? Duration.ZERO : left);
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads the header X-RateLimit-Reset as Datadog writes it: seconds until the next period. Elsewhere it is a moment, whose
     * seconds since 1970 have more digits and count as not sent.
     */
    static Optional<Duration> readReset(Optional<String> header) {
        return header.map(String::strip)
                .filter(text -> text.matches("\\d{1,5}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)));
    }
}
