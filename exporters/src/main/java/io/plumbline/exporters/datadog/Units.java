package io.plumbline.exporters.datadog;

import java.util.Map;
import java.util.Optional;

/** OpenTelemetry's words for units (UCUM) in Datadog's. Those without one of its own are left out. */
final class Units {
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("ns", "nanosecond"),
            Map.entry("us", "microsecond"),
            Map.entry("ms", "millisecond"),
            Map.entry("s", "second"),
            Map.entry("min", "minute"),
            Map.entry("h", "hour"),
            Map.entry("d", "day"),
            Map.entry("By", "byte"),
            Map.entry("KiBy", "kibibyte"),
            Map.entry("MiBy", "mebibyte"),
            Map.entry("GiBy", "gibibyte"),
            Map.entry("kBy", "kilobyte"),
            Map.entry("MBy", "megabyte"),
            Map.entry("GBy", "gigabyte"),
            Map.entry("%", "percent"),
            Map.entry("EUR", "euro"),
            Map.entry("USD", "dollar"));

    private Units() {}

    static Optional<String> of(String ucum) {
        return Optional.ofNullable(WORDS.get(ucum));
    }
}
