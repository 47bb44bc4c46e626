package io.plumbline.demo.service;

import java.util.Locale;

/** What a service answers: a status and a line of JSON. */
public record Reply(int status, String body) {
    /** The format's arguments must need no escaping in JSON. */
    public static Reply ok(String format, Object... arguments) {
        return new Reply(200, String.format(Locale.ROOT, format, arguments));
    }

    public static Reply error(int status, String message) {
        return new Reply(status, "{\"error\":\"" + message.replace('"', '\'') + "\"}");
    }
}
