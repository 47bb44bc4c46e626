package io.plumbline.exporters.prometheus;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * OpenTelemetry's metric names and units in Prometheus' form, after "Prometheus and OpenMetrics Compatibility" of the
 * OpenTelemetry specification: other characters become {@code _}, the unit becomes a suffix in its full plural form,
 * values are not converted.
 */
final class MetricNames {

    private static final Map<String, String> UNITS = Map.ofEntries(
            Map.entry("d", "days"),
            Map.entry("h", "hours"),
            Map.entry("min", "minutes"),
            Map.entry("s", "seconds"),
            Map.entry("ms", "milliseconds"),
            Map.entry("us", "microseconds"),
            Map.entry("ns", "nanoseconds"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kibibytes"),
            Map.entry("MiBy", "mebibytes"),
            Map.entry("GiBy", "gibibytes"),
            Map.entry("TiBy", "tibibytes"),
            Map.entry("KBy", "kilobytes"),
            Map.entry("kBy", "kilobytes"),
            Map.entry("MBy", "megabytes"),
            Map.entry("GBy", "gigabytes"),
            Map.entry("TBy", "terabytes"),
            Map.entry("m", "meters"),
            Map.entry("V", "volts"),
            Map.entry("A", "amperes"),
            Map.entry("J", "joules"),
            Map.entry("W", "watts"),
            Map.entry("g", "grams"),
            Map.entry("Cel", "celsius"),
            Map.entry("Hz", "hertz"),
            Map.entry("%", "percent"));

    private static final Map<String, String> PER_UNITS =
            Map.of("s", "second", "m", "minute", "h", "hour", "d", "day", "w", "week", "mo", "month", "y", "year");

    private static final Pattern ANNOTATION = Pattern.compile("\\{[^}]*}");
    private static final Pattern OTHER_CHARACTERS = Pattern.compile("[^a-zA-Z0-9:]+");
    private static final Pattern TOTAL = Pattern.compile("(_total)+$");
    private static final Pattern OUTER_UNDERSCORES = Pattern.compile("^_|_$");

    private MetricNames() {}

    /**
     * The family's name, which is the name of its series for gauges and lacks their suffix ({@code _total},
     * {@code _bucket}) for the others.
     *
     * @param unit as from {@link #unit}
     */
    static String family(String otelName, String unit, boolean counter) {
        String name = counter ? withoutTotal(clean(otelName)) : clean(otelName);
        if (!unit.isEmpty() && !name.equals(unit) && !name.endsWith("_" + unit)) {
            name = counter ? withoutTotal(name + "_" + unit) : name + "_" + unit;
        }
        if (name.isEmpty()) {
            return "_";
        }
        return Character.isDigit(name.charAt(0)) ? "_" + name : name;
    }

    private static String withoutTotal(String name) {
        return TOTAL.matcher(name).replaceAll("");
    }

    /** The unit as a suffix without the underscore, or "". */
    static String unit(String otelUnit, boolean gauge) {
        String unit = ANNOTATION.matcher(otelUnit).replaceAll("").strip();
        if (unit.equals("1")) {
            return gauge ? "ratio" : "";
        }
        int slash = unit.indexOf('/');
        if (slash < 0) {
            return clean(UNITS.getOrDefault(unit, unit));
        }
        String above = unit.substring(0, slash);
        String below = unit.substring(slash + 1);
        String per = clean(PER_UNITS.getOrDefault(below, below));
        return clean(UNITS.getOrDefault(above, above) + (per.isEmpty() ? "" : "_per_" + per));
    }

    /** ASCII letters, digits, colons, and single underscores between them. */
    static String clean(String text) {
        String joined = OTHER_CHARACTERS.matcher(text).replaceAll("_");
        return OUTER_UNDERSCORES.matcher(joined).replaceAll("");
    }
}
