package io.plumbline.exporters.http;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What the backend said.
 *
 * @param retryAfter how long it asked to be left alone, if it did
 */
@SuppressWarnings("ArrayRecordComponent") // handed over, never compared
public record Answer(int status, byte[] bytes, Optional<Duration> retryAfter, HttpHeaders headers) {
    private static final int EXCERPT_CHARS = 300;

    /** A header's values, separated by commas as HTTP allows, or "" if it was not sent. */
    public String header(String name) {
        return String.join(",", headers.allValues(name));
    }

    /** As text. */
    public String body() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** The beginning of the text on one line, for people. */
    public String excerpt() {
        return oneLine(body());
    }

    /** The beginning of a text on one line. */
    public static String oneLine(String text) {
        String line = text.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() <= EXCERPT_CHARS ? line : line.substring(0, EXCERPT_CHARS) + "...";
    }

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }
}
