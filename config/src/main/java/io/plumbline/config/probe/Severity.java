package io.plumbline.config.probe;

import java.util.Arrays;
import java.util.Locale;

/** The level of a log signal; numbers are those of OpenTelemetry's log data model. */
public enum Severity {
    TRACE(1),
    DEBUG(5),
    INFO(9),
    WARN(13),
    ERROR(17);

    private final int number;

    Severity(int number) {
        this.number = number;
    }

    public int number() {
        return number;
    }

    /**
     * Reads a level's name in any case.
     *
     * @throws IllegalArgumentException naming the known ones
     */
    public static Severity parse(String name) {
        return Arrays.stream(values())
                .filter(level -> level.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the level must be one of trace, debug, info, warn, error: " + name));
    }
}
