package io.plumbline.config.settings;

import io.plumbline.config.text.Nearest;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Text settings by full key, such as {@code plumbline.kafka}. Immutable. Wrong values are refused, never repaired: the
 * error names the key, the rule and the value.
 */
public final class Settings {
    private static final String PREFIX = "plumbline.";

    private final Map<String, String> values;

    private Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** Settings from a map of full keys. */
    public static Settings of(Map<String, String> values) {
        return new Settings(values);
    }

    /**
     * The agent's settings. Later sources win: environment ({@code PLUMBLINE_KAFKA}), system properties ({@code
     * -Dplumbline.kafka=…}), the agent's arguments ({@code kafka=host:9092,service=shop}; values may hold commas in
     * single quotes).
     *
     * @throws IllegalArgumentException when the arguments don't parse or name a key that is not known
     */
    public static Settings ofAgent(
            String arguments,
            Map<String, String> properties,
            Map<String, String> environment,
            Collection<String> known) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String key : known) {
            String variable = key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
            if (environment.containsKey(variable)) {
                values.put(key, environment.get(variable));
            }
            if (properties.containsKey(key)) {
                values.put(key, properties.get(key));
            }
        }
        arguments(arguments).forEach((name, value) -> values.put(knownKey(name, known), value));
        return new Settings(values);
    }

    private static String knownKey(String name, Collection<String> known) {
        String key = name.startsWith(PREFIX) ? name : PREFIX + name;
        if (known.contains(key)) {
            return key;
        }
        String remedy = Nearest.to(key, known)
                .map(near -> "did you mean " + near.substring(PREFIX.length()) + "?")
                .orElseGet(() -> "known are " + new TreeSet<>(known));
        throw new IllegalArgumentException("unknown agent argument '" + name + "'; " + remedy);
    }

    /** {@code a=b,c='d,e'} as a map. */
    static Map<String, String> arguments(String text) {
        Map<String, String> map = new LinkedHashMap<>();
        if (text == null || text.isBlank()) {
            return map;
        }
        for (String part : text.split(",(?=(?:[^']*'[^']*')*[^']*$)")) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw new IllegalArgumentException(
                        "agent arguments read key=value,key=value; this part does not: '" + part + "'");
            }
            String value = part.substring(equals + 1).trim();
            boolean quoted = value.length() >= 2 && value.startsWith("'") && value.endsWith("'");
            map.put(part.substring(0, equals).trim(), quoted ? value.substring(1, value.length() - 1) : value);
        }
        return map;
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(values.get(key)).filter(value -> !value.isBlank());
    }

    /** A whole number within bounds. */
    public int integer(String key, int otherwise, int min, int max) {
        String value = text(key).orElse(null);
        if (value == null) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value.trim());
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, as for a number out of bounds
        }
        throw new IllegalArgumentException(key + " must be a whole number from " + min + " to " + max + ": " + value);
    }

    /** A time in milliseconds within bounds. */
    public Duration millis(String key, Duration otherwise, Duration min, Duration max) {
        return Duration.ofMillis(integer(
                key,
                Math.toIntExact(otherwise.toMillis()),
                Math.toIntExact(min.toMillis()),
                Math.toIntExact(max.toMillis())));
    }

    /** {@code name=value} pairs, separated by commas or semicolons. */
    public Map<String, String> pairs(String key) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (String part : text(key).orElse("").split("[,;]")) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                pairs.put(
                        part.substring(0, equals).trim(),
                        part.substring(equals + 1).trim());
            } else if (!part.isBlank()) {
                throw new IllegalArgumentException(key + " reads name=value,name=value; this part does not: " + part);
            }
        }
        return pairs;
    }

    @Override
    public String toString() {
        return "settings " + new TreeSet<>(values.keySet());
    }
}
