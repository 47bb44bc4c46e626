package io.plumbline.pipeline.dashboard;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** UCUM, which probes have their units in, as Grafana's units. */
final class Units {
    /** Grafana shows a number as it is. */
    static final String NONE = "short";

    static final String SECONDS = "s";
    static final String SHARE = "percentunit";
    static final String PER_SECOND = "ops";

    private static final Map<String, String> KNOWN = Map.ofEntries(
            Map.entry("s", SECONDS),
            Map.entry("ms", "ms"),
            Map.entry("us", "µs"),
            Map.entry("ns", "ns"),
            Map.entry("min", "m"),
            Map.entry("h", "h"),
            Map.entry("d", "d"),
            Map.entry("By", "bytes"),
            Map.entry("KiBy", "kbytes"),
            Map.entry("MiBy", "mbytes"),
            Map.entry("GiBy", "gbytes"),
            Map.entry("kBy", "deckbytes"),
            Map.entry("MBy", "decmbytes"),
            Map.entry("GBy", "decgbytes"),
            Map.entry("bit", "bits"),
            Map.entry("%", "percent"),
            Map.entry("1", NONE),
            Map.entry("Hz", "hertz"),
            Map.entry("Cel", "celsius"),
            Map.entry("EUR", "currencyEUR"),
            Map.entry("USD", "currencyUSD"),
            Map.entry("GBP", "currencyGBP"),
            Map.entry("JPY", "currencyJPY"),
            Map.entry("CHF", "currencyCHF"));

    private static final Set<String> BYTES = Set.of("By");
    private static final Pattern ANNOTATION = Pattern.compile("\\{([^}]*)}");

    private Units() {}

    static String of(String ucum) {
        String unit = plain(ucum);
        return unit.isEmpty() ? NONE : KNOWN.getOrDefault(unit, "suffix: " + unit);
    }

    /** Of what grows by so many in a second. */
    static String perSecond(String ucum) {
        String unit = plain(ucum);
        if (BYTES.contains(unit)) {
            return "Bps";
        }
        return unit.isEmpty() || unit.equals("1") ? "cps" : "suffix: " + unit + "/s";
    }

    /** {@code {order}} says what is counted, which the title does too. */
    private static String plain(String ucum) {
        return ANNOTATION.matcher(ucum).replaceAll("").strip();
    }
}
